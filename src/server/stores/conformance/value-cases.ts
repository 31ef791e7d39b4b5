import type { OrderRecord } from '../order-store.ts';
import { equal } from './check.ts';
import { newRecord, paid, start, unique } from './new-record.ts';
import type { Case } from './scene.ts';

const oddTexts: readonly string[] = [
  `it's "quoted" \`so\``,
  '100 % _ ? $1 :name @name',
  'two\nlines\ttab\r\n',
  'a:b:c:*:{tag}:}{[x]\\',
  '__proto__',
  'constructor',
  'سلة التسوق ٤٢',
  '购物车 🛒 é e\u0301',
  ' spaces around ',
  '; DROP TABLE orders; --',
  'x'.repeat(200),
];

const odd = (text: string): string => `${text}${unique('')}`;

/** Any JSON a page may send. */
const details = JSON.parse(
  `{"__proto__":{"isAdmin":true},"":null,"empty":[{},[]],"nul":"a\\u0000b","lone":"\\ud83d",
    "emoji":"🛒","numbers":[0,-1,0.1,1e21,9007199254740991,-1.5e-7,12.34],"flags":[true,false,null]}`,
);

export const valueCases: Case[] = [
  [
    'hands out values: changing one changes nothing',
    async ({ store, record }) => {
      const items = [1];
      const order = record({ details: { items } });
      const { record: answered } = await store.create(order);
      items.push(2);
      Object.assign(answered, { status: 'paid' });
      const found = await store.get(order.id);
      equal(found, { ...order, details: { items: [1] } }, 'get');
      Object.assign(found ?? {}, { status: 'paid' });
      const result = await store.update(order.id, (present) => ({ ...present, orderNo: '131' }));
      Object.assign(result.before, { status: 'paid' });
      Object.assign(result.record, { status: 'paid' });
      equal((await store.get(order.id))?.status, 'pending', 'the status');
    },
  ],
  [
    'keeps the wish apart from what it was made of',
    async ({ store, record }) => {
      const order = record();
      await store.create(order);
      const items = [1];
      const key = unique('key');
      await store.bindKey(key, order.id, { details: { items } });
      items.push(2);
      equal((await store.findByIdempotencyKey(key))?.wish, { details: { items: [1] } }, 'the wish');
    },
  ],
  [
    'keeps any JSON as it is',
    async ({ store, other, record }) => {
      const order = record({ details });
      await store.create(order);
      equal(await other.get(order.id), order, 'get');
      const { record: changed } = await other.update(order.id, paid);
      equal(changed.details, details, 'after an update');
      for (const value of [null, 0, '', false, [], 'text']) {
        const plain = record({ details: value });
        await store.create(plain);
        equal(await other.get(plain.id), plain, `details ${JSON.stringify(value)}`);
        const found = await other.findByIdempotencyKey(plain.idempotencyKey);
        equal(found?.wish, { details: value }, `the wish ${JSON.stringify(value)}`);
      }
    },
  ],
  [
    'keeps numbers and every field as they are',
    async ({ store, other }) => {
      const order: OrderRecord = {
        ...newRecord(),
        subjectAr: 'سلة ٤٢',
        requestedReference: 'cart',
        eWallet: { osType: 'IOS', redirectUrl: 'https://shop.example/back?a=1&b=%20' },
        expiresAt: 8_640_000_000_000_000,
        updatedAt: start + 0.5,
        tokenUrl: 'https://qr.payby.com?ft=1',
        tokenUrlAt: start + 2,
        renewalFailedAt: 0,
        orderNo: '131639624510000123',
        payer: { mobileNumberMask: '+971-58*92' },
        told: 'scanned',
        refunds: [
          { id: 'one', amount: '1.00', status: 'failed', createdAt: start, told: false },
          { id: 'two', amount: '0.10', status: 'pending', createdAt: start, told: false },
        ],
        closing: 'expired',
        failure: { code: '62016', message: 'said "no"' },
      };
      await store.create(order);
      equal(await other.get(order.id), order, 'get');
    },
  ],
  [
    'leaves absent what is absent, and takes away what a change sets to undefined',
    async ({ store, other, record }) => {
      const order = record();
      await store.create({ ...order, tokenUrl: undefined, failure: undefined });
      equal(await other.get(order.id), order, 'get');
      await store.update(order.id, (present) => ({ ...present, tokenUrl: 'https://qr.example' }));
      await other.update(order.id, ({ tokenUrl: _, ...rest }) => rest);
      equal(await store.get(order.id), order, 'once a field is left out');
      await store.update(order.id, (present) => ({ ...present, closing: 'expired' }));
      const { record: changed } = await other.update(order.id, (present) => ({
        ...present,
        closing: undefined,
      }));
      equal(changed, order, 'once a field is undefined');
      equal(await store.get(order.id), order, 'get of it');
    },
  ],
  [
    'keeps details of 60 kB',
    async ({ store, other, record }) => {
      const order = record({ details: { text: 'سلة "'.repeat(8000) } });
      await store.create(order);
      const { record: changed } = await other.update(order.id, paid);
      equal(changed, paid(order), 'update');
      equal(await store.get(order.id), paid(order), 'get');
      const found = await store.findByIdempotencyKey(order.idempotencyKey);
      equal(found?.wish.details, order.details, 'the wish');
    },
  ],
  [
    'takes any text for an id, a key, a reference and a claim',
    async ({ store, other, record, patience }) => {
      for (const text of oddTexts) {
        const id = odd(text);
        const order = record({ id, idempotencyKey: odd(text), reference: odd(text) });
        await store.create(order);
        equal(await other.get(id), order, `get of ${text}`);
        equal(await other.findOpen(String(order.reference)), order, `findOpen of ${text}`);
        const found = await other.findByIdempotencyKey(order.idempotencyKey);
        equal(found?.record, order, `the key ${text}`);
        await heardOf(id);
        equal(await store.claim(id, text, start, start + 1), true, `the claim ${text}`);
        equal(await other.claim(id, 'other', start, start + 1), false, `the claim ${text} again`);
        await other.release(id, text);
        equal(await store.claim(id, 'other', start, start + 1), true, `the release of ${text}`);
      }
      async function heardOf(id: string): Promise<void> {
        let stop = () => {};
        await new Promise<void>((resolve, reject) => {
          const fail = () => reject(new Error(`the change of ${id} was not told`));
          const timer = setTimeout(fail, patience);
          const hear = () => {
            clearTimeout(timer);
            resolve();
          };
          store.subscribe(id, hear).then((leave) => {
            stop = leave;
            return other.update(id, paid);
          }, reject);
        });
        stop();
      }
    },
  ],
  [
    'keeps texts apart that are almost the same',
    async ({ store, record }) => {
      const base = unique('cart');
      const references = [base, `${base} `, base.toUpperCase(), `${base}é`, `${base}e\u0301`];
      for (const reference of [...references, `${base}:open`, `${base}\n`]) {
        const order = record({ reference, idempotencyKey: reference });
        equal((await store.create(order)).created, true, `create for ${JSON.stringify(reference)}`);
      }
      equal((await store.findOpen(base))?.reference, base, 'findOpen');
    },
  ],
  [
    'answers by its own names alone',
    async ({ store }) => {
      for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        equal(await store.get(name), undefined, `get of ${name}`);
        equal(await store.findOpen(name), undefined, `findOpen of ${name}`);
        equal(await store.findByIdempotencyKey(name), undefined, `the key ${name}`);
      }
    },
  ],
];
