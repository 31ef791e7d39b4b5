import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CheckoutRefusal, type OrderStore } from '../../src/server/index.ts';
import { hour, minute, second, start } from './support/fake-clock.ts';
import { openShop, openWorld, orderOf, problemOf } from './support/shop.ts';

describe('creating an order', () => {
  it('answers the contract’s order, priced by the shop', async () => {
    const shop = openShop();
    const response = await shop.create({ reference: '42' });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    const order = await orderOf(response);
    const tokenUrl = 'https://uat-qr.test2pay.com?BIZ_TYPE=202&ft=token-1&t=1795341600000';
    assert.deepEqual(order, {
      id: order.id,
      status: 'pending',
      amount: { amount: 12.34, currency: 'AED' },
      subject: 'Cart 42',
      expiresAt: start + hour / 2,
      now: start,
      tokenUrl,
      bridge: { appId: '200000004021', token: 'token-1' },
    });
    assert.deepEqual(shop.payby.calls[0]?.content, {
      merchantOrderNo: order.id,
      subject: 'Cart 42',
      paySceneCode: 'DYNQR',
      totalAmount: { amount: 12.34, currency: 'AED' },
      expiredTime: start + hour / 2,
      notifyUrl: 'https://shop.example/api/payby/notify',
    });
  });

  it('makes ids that cannot be guessed and that PayBy takes', async () => {
    const shop = openShop();
    const ids = new Set<string>();
    for (let at = 0; at < 20; at += 1) ids.add((await shop.order({ reference: `${at}` })).id);
    assert.equal(ids.size, 20);
    for (const id of ids) assert.match(id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('keeps all that PayBy answers in one update of the store', async () => {
    const world = openWorld();
    let updates = 0;
    const store: OrderStore = {
      ...world.store,
      update(id, change) {
        updates += 1;
        return world.store.update(id, change);
      },
    };
    const shop = openShop({ store }, world);
    const { id, tokenUrl } = await shop.order();
    const record = await store.get(id);
    assert.equal(updates, 1);
    assert.ok(record?.orderNo);
    assert.deepEqual([record.tokenUrl, record.tokenUrlAt], [tokenUrl, start]);
  });

  it('gives the shop reference, details and request, and takes its names', async () => {
    let seen: unknown;
    const shop = openShop({
      quote: ({ reference, details, request }) => {
        seen = { reference, details, cookie: request.headers.get('content-type') };
        const names = { subject: 'Cart', subjectAr: 'سلة', reference: 'order-7' };
        return { amount: '5', expiresIn: 10 * minute, ...names };
      },
    });
    const order = await shop.order({ reference: '42', details: { size: 'L' } });
    assert.deepEqual(seen, { reference: '42', details: { size: 'L' }, cookie: 'application/json' });
    assert.equal(order.subjectAr, 'سلة');
    assert.equal(order.expiresAt, start + 10 * minute);
    const record = await shop.checkout.retrieve(order.id);
    assert.deepEqual(
      [record?.reference, record?.details, record?.amount],
      ['order-7', { size: 'L' }, '5.00'],
    );
  });
});

describe('a bad create request', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const wish = '{"paySceneCode":"DYNQR"}';

  it('is refused with the field that is wrong', async () => {
    const bad: [string, string][] = [
      ['', 'body'],
      ['{', 'body'],
      ['[]', 'paySceneCode'],
      ['"DYNQR"', 'body'],
      ['{}', 'paySceneCode'],
      ['{"paySceneCode":"JSAPI"}', 'paySceneCode'],
      ['{"paySceneCode":"DYNQR","reference":42}', 'reference'],
      ['{"paySceneCode":"DYNQR","reference":""}', 'reference'],
      [`{"paySceneCode":"DYNQR","reference":"${'x'.repeat(201)}"}`, 'reference'],
    ];
    for (const [body, field] of bad) {
      const shop = openShop();
      const problem = await problemOf(await shop.send('/orders', post(body)), 400);
      assert.deepEqual([problem.code, problem.field], ['request-invalid', field], body);
      assert.deepEqual(shop.payby.calls, []);
    }
  });

  it('that is not UTF-8 is refused', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const problem = await problemOf(await openShop().send('/orders', post(bytes)), 400);
    assert.equal(problem.field, 'body');
  });

  it('that is not JSON by its type is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      '',
    ]) {
      const response = await openShop().send('/orders', post(wish, { 'content-type': type }));
      assert.equal((await problemOf(response, 415)).code, 'media-type-unsupported', type);
    }
    const charset = { 'content-type': 'application/json; charset=utf-8' };
    assert.equal((await openShop().send('/orders', post(wish, charset))).status, 201);
  });

  it('that is larger than 64 kB is refused, whatever length it declares', async () => {
    const body = JSON.stringify({ paySceneCode: 'DYNQR', details: 'x'.repeat(64 * 1024) });
    for (const headers of [undefined, { 'content-length': '5' }]) {
      const response = await openShop().send('/orders', post(body, headers));
      assert.equal((await problemOf(response, 413)).code, 'body-too-large');
    }
  });

  it('with a key that is too long or not printable is refused', async () => {
    for (const key of ['x'.repeat(201), 'cl\u00e9']) {
      const headers = { 'idempotency-key': key };
      const problem = await problemOf(await openShop().send('/orders', post(wish, headers)), 400);
      assert.equal(problem.field, 'Idempotency-Key');
    }
    const longest = { 'idempotency-key': 'x'.repeat(200) };
    assert.equal((await openShop().send('/orders', post(wish, longest))).status, 201);
  });

  it('cannot set a price', async () => {
    const shop = openShop();
    const body = '{"paySceneCode":"DYNQR","amount":"0.01","quote":{"amount":"0.01"}}';
    const order = await orderOf(await shop.send('/orders', post(body)));
    assert.equal(order.amount?.amount, 12.34);
  });
});

describe('a create request that comes badly', () => {
  const headers = { 'content-type': 'application/json' };

  it('nested deeper than anybody needs is 400', async () => {
    for (const deep of [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, '['.repeat(60_000)]) {
      const shop = openShop();
      const body = `{"paySceneCode":"DYNQR","details":${deep}}`;
      const response = await shop.send('/orders', { method: 'POST', headers, body });
      assert.equal((await problemOf(response, 400)).field, 'body');
      assert.deepEqual(shop.anomalies, []);
    }
  });

  it('and breaks off is 400, and nobody is told', async () => {
    const shop = openShop();
    const body = new ReadableStream({ pull: (c) => c.error(new Error('socket hang up')) });
    const init = { method: 'POST', headers, body, duplex: 'half' as const };
    assert.equal((await problemOf(await shop.send('/orders', init), 400)).code, 'request-invalid');
    assert.deepEqual(shop.anomalies, []);
  });
});

describe('a quote', () => {
  it('that refuses is told to the page as the shop says it', async () => {
    const shop = openShop({
      quote: () => {
        const message = 'This cart is paid already.';
        throw new CheckoutRefusal({ status: 409, code: 'cart-paid', message });
      },
    });
    const problem = await problemOf(await shop.create(), 409);
    const detail = 'This cart is paid already.';
    assert.deepEqual(problem, { status: 409, code: 'cart-paid', detail });
    assert.deepEqual(shop.anomalies, []);
  });

  it('that breaks is told to the operator only', async () => {
    const cause = new Error('password of the database: hunter2');
    const shop = openShop({ quote: () => Promise.reject(cause) });
    const response = await shop.create();
    const text = await response.clone().text();
    assert.equal((await problemOf(response, 500)).code, 'internal-error');
    assert.ok(!text.includes('hunter2'));
    assert.deepEqual(shop.codes(), ['quote-failed']);
    assert.equal(shop.anomalies[0]?.cause, cause);
  });

  it('that cannot be paid never reaches PayBy, and the operator hears which field', async () => {
    const good = { amount: '1', subject: 'x' };
    const bad: [object, RegExp][] = [
      [{ ...good, amount: '0' }, /amount "0" is zero/],
      [{ ...good, amount: 12.34 }, /amount 12\.34 is not a decimal string/],
      [{ ...good, subject: '' }, /subject has 0 characters/],
      [{ ...good, subjectAr: 'x'.repeat(201) }, /subjectAr has 201/],
      [{ ...good, reference: '' }, /reference has 0/],
      [{ ...good, expiresIn: 49 * hour }, /expiredTime/],
      [{ ...good, expiresIn: -1 }, /expiredTime/],
    ];
    for (const [quote, message] of bad) {
      const shop = openShop({ quote: () => quote as { amount: string; subject: string } });
      await problemOf(await shop.create(), 500);
      assert.match(shop.anomalies[0]?.message ?? '', message);
      assert.deepEqual(shop.payby.calls, []);
    }
  });

  it('can only be refused with a 4xx and a word', () => {
    const message = 'No.';
    assert.throws(() => new CheckoutRefusal({ status: 500, code: 'no', message }), /status 500/);
    assert.throws(() => new CheckoutRefusal({ status: 400, code: 'No way', message }), /"No way"/);
  });
});

describe('the same Idempotency-Key', () => {
  it('answers the same order, and PayBy is asked once', async () => {
    const shop = openShop();
    const first = await shop.create({ key: 'k1' });
    const second = await shop.create({ key: 'k1' });
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(await orderOf(first), await orderOf(second));
    assert.equal(shop.payby.count('placeOrder'), 1);
  });

  it('with another reference is refused', async () => {
    const shop = openShop();
    await shop.order({ key: 'k1', reference: '42' });
    const response = await shop.create({ key: 'k1', reference: '43' });
    assert.equal((await problemOf(response, 409)).code, 'idempotency-key-reused');
    assert.equal(shop.payby.count('placeOrder'), 1);
  });

  it('with other details is refused, and with the same in another order is not', async () => {
    const shop = openShop();
    const { id } = await shop.order({ key: 'k1', details: { size: 'L', items: [1, 2] } });
    const same = await shop.order({ key: 'k1', details: { items: [1, 2], size: 'L' } });
    assert.equal(same.id, id);
    for (const details of [undefined, { size: 'L', items: [2, 1] }]) {
      const response = await shop.create({ key: 'k1', details });
      assert.equal((await problemOf(response, 409)).code, 'idempotency-key-reused');
    }
  });

  it('answers an order that ended as it ended', async () => {
    const shop = openShop();
    const { id } = await shop.order({ key: 'k1' });
    await shop.cancel(id);
    const again = await shop.order({ key: 'k1' });
    assert.deepEqual([again.id, again.status, again.tokenUrl], [id, 'cancelled', undefined]);
  });

  it('needs no second quote', async () => {
    let quotes = 0;
    const shop = openShop({
      quote: () => {
        quotes += 1;
        return { amount: '1', subject: 'x' };
      },
    });
    await shop.order({ key: 'k1' });
    await shop.order({ key: 'k1' });
    assert.equal(quotes, 1);
  });
});

describe('a second Idempotency-Key answered with the order of the first', () => {
  /** A shop that sells a cart once. */
  function strictShop() {
    const carts = new Set<string | undefined>();
    return openShop({
      quote: ({ reference }) => {
        if (!carts.has(reference)) return { amount: '12.34', subject: `Cart ${reference}` };
        throw new CheckoutRefusal({ status: 409, code: 'cart-paid', message: 'Paid already.' });
      },
      onPaid: ({ reference }) => carts.add(reference),
    });
  }

  it('stands for that order from then on, also once it is paid', async () => {
    for (const open of [strictShop, openShop]) {
      const shop = open();
      const { id } = await shop.order({ key: 'k1' });
      assert.equal((await shop.order({ key: 'k2' })).id, id);
      shop.payby.pay(id);
      await shop.notify(shop.payby.notification(id));
      const again = await shop.order({ key: 'k2' });
      assert.deepEqual([again.id, again.status], [id, 'paid']);
      assert.equal(shop.payby.orders.size, 1);
    }
  });

  it('stands for an order that was found paid when it was to make way', async () => {
    let amount = '10.00';
    const shop = openShop({ quote: () => ({ amount, subject: 'Cart' }) });
    const { id } = await shop.order({ key: 'k1' });
    shop.payby.pay(id);
    amount = '20.00';
    await shop.order({ key: 'k2' });
    assert.equal((await shop.order({ key: 'k2' })).id, id);
    assert.equal(shop.payby.orders.size, 1);
  });

  it('is held to what was wished under it', async () => {
    const shop = openShop({ quote: () => ({ amount: '1', subject: 'x', reference: 'cart' }) });
    await shop.order({ key: 'k1', reference: '42' });
    await shop.order({ key: 'k2', reference: '43' });
    assert.equal((await shop.create({ key: 'k2', reference: '43' })).status, 200);
    const response = await shop.create({ key: 'k2', reference: '42' });
    assert.equal((await problemOf(response, 409)).code, 'idempotency-key-reused');
  });
});

describe('a cart that is paid while it is ordered again', () => {
  it('is answered with the paid order while the shop could not take it', async () => {
    const shop = openShop({ onPaid: () => Promise.reject(new Error('away')) });
    const { id } = await shop.order({ key: 'k1' });
    shop.payby.pay(id);
    await problemOf(await shop.notify(shop.payby.notification(id)), 500);
    for (let at = 0; at < 2; at += 1) {
      const order = await shop.order({ key: 'k2' });
      assert.deepEqual([order.id, order.status], [id, 'paid']);
    }
    assert.equal(shop.payby.orders.size, 1);
  });

  /** A shop whose cart is paid, and taken, just after the second quote. */
  async function paidAfterQuote(sellsTwice: boolean) {
    let paid = false;
    let quotes = 0;
    const shop = openShop({
      quote: () => {
        quotes += 1;
        if (paid && !sellsTwice) {
          throw new CheckoutRefusal({ status: 409, code: 'cart-paid', message: 'Paid already.' });
        }
        return { amount: '12.34', subject: 'Cart' };
      },
      onPaid: () => {
        paid = true;
      },
    });
    const { id } = await shop.order({ key: 'k1' });
    shop.payby.pay(id);
    const { create } = shop.store;
    shop.store.create = async (draft) => {
      shop.store.create = create;
      await shop.notify(shop.payby.notification(id));
      return create(draft);
    };
    return { shop, quotes: () => quotes };
  }

  it('is quoted once more, and not placed when the shop refuses now', async () => {
    const { shop, quotes } = await paidAfterQuote(false);
    const { code } = await problemOf(await shop.create({ key: 'k2' }), 409);
    assert.equal(code, 'cart-paid');
    assert.equal(quotes(), 3);
    assert.equal(shop.payby.count('placeOrder'), 1);
    assert.equal(shop.payby.count('cancelOrder'), 0);
    assert.equal((await shop.order({ key: 'k2' })).status, 'cancelled');
  });

  it('is sold twice by a shop that quotes it again', async () => {
    const { shop } = await paidAfterQuote(true);
    assert.equal((await shop.create({ key: 'k2' })).status, 201);
    assert.equal(shop.payby.count('placeOrder'), 2);
  });

  it('is placed for nobody while the shop is asked once more', async () => {
    const { shop } = await paidAfterQuote(false);
    const creates = [shop.create({ key: 'k2' }), shop.create({ key: 'k3' })];
    await Promise.all(creates);
    assert.equal(shop.payby.count('placeOrder'), 1);
  });
});

describe('one open order per reference', () => {
  it('keeps no long details once more for every further key', async () => {
    const shop = openShop();
    const details = { note: 'ش'.repeat(10_000), size: 'L' };
    const { id } = await shop.order({ key: 'k1', details });
    for (const key of ['k2', 'k3', 'k2']) assert.equal((await shop.order({ key, details })).id, id);
    const kept = await shop.store.findByIdempotencyKey('k2');
    assert.ok(JSON.stringify(kept?.wish).length < 300, JSON.stringify(kept?.wish).slice(0, 300));
    const sameAgain = { size: 'L', note: details.note };
    assert.equal((await shop.order({ key: 'k2', details: sameAgain })).id, id);
    const other = await shop.create({ key: 'k2', details: { ...details, size: 'S' } });
    assert.equal((await problemOf(other, 409)).code, 'idempotency-key-reused');
  });

  it('is for the same details: others make another order', async () => {
    const shop = openShop();
    const old = await shop.order({ key: 'k1', details: { size: 'L', colour: 'red' } });
    const same = await shop.order({ key: 'k2', details: { colour: 'red', size: 'L' } });
    assert.equal(same.id, old.id);
    const other = await shop.order({ key: 'k3', details: { colour: 'red', size: 'S' } });
    assert.notEqual(other.id, old.id);
    assert.equal((await shop.status(old.id)).status, 'cancelled');
  });

  it('is answered again under another key while it can be paid', async () => {
    const shop = openShop();
    const first = await shop.order({ key: 'k1' });
    const second = await shop.create({ key: 'k2' });
    assert.equal(second.status, 200);
    assert.equal((await orderOf(second)).id, first.id);
    assert.equal(shop.payby.count('placeOrder'), 1);
  });

  it('holds for creates at the same time, by key and by reference', async () => {
    for (const keys of [
      ['k1', 'k1', 'k1'],
      ['k1', 'k2', 'k3'],
    ]) {
      const shop = openShop();
      const orders = await Promise.all(keys.map((key) => shop.order({ key })));
      assert.equal(new Set(orders.map(({ id }) => id)).size, 1);
      assert.equal(shop.payby.orders.size, 1);
      assert.equal(shop.payby.count('placeOrder'), 1);
    }
  });

  it('cancels the old order before it makes one with another price', async () => {
    let amount = '10.00';
    const shop = openShop({ quote: () => ({ amount, subject: 'Cart' }) });
    const old = await shop.order({ key: 'k1' });
    amount = '20.00';
    const order = await shop.order({ key: 'k2' });
    assert.notEqual(order.id, old.id);
    assert.equal(order.amount?.amount, 20);
    assert.deepEqual(
      shop.payby.calls.map(({ operation }) => operation),
      ['placeOrder', 'cancelOrder', 'placeOrder'],
    );
    assert.equal(shop.payby.orders.get(old.id)?.status, 'FAILURE');
    assert.equal((await shop.status(old.id)).status, 'cancelled');
  });

  it('is for the same purchase: another subject makes another order', async () => {
    let subject = 'One coffee';
    const shop = openShop({ quote: () => ({ amount: '10.00', subject }) });
    const old = await shop.order({ key: 'k1' });
    subject = 'One tea';
    assert.notEqual((await shop.order({ key: 'k2' })).id, old.id);
  });

  it('is not answered again once it is being cancelled', async () => {
    const shop = openShop();
    const old = await shop.order({ key: 'k1' });
    shop.payby.refuse('cancelOrder', '500', 'SYSTEM_ERROR');
    await problemOf(await shop.cancel(old.id), 503);
    await problemOf(await shop.create({ key: 'k2' }), 503);
    await shop.pass(3 * second);
    const order = await shop.order({ key: 'k2' });
    assert.notEqual(order.id, old.id);
    assert.equal(shop.payby.orders.get(old.id)?.status, 'FAILURE');
  });

  it('that was cancelled while it was placed shows no code', async () => {
    const shop = openShop();
    const { arrived, release } = shop.payby.hold('placeOrder');
    const creating = shop.order({ key: 'k1' });
    await arrived;
    const id = (await shop.store.findByIdempotencyKey('k1'))?.record.id ?? '';
    await shop.store.update(id, (present) => ({ ...present, status: 'cancelled' }));
    release();
    const order = await creating;
    assert.deepEqual([order.status, order.tokenUrl], ['cancelled', undefined]);
  });

  it('that is being cancelled is not placed and not shown', async () => {
    const shop = openShop({ orderLifetime: 2 * hour });
    const { id } = await shop.order({ key: 'k1' });
    shop.payby.refuse('cancelOrder', '500', 'SYSTEM_ERROR');
    await problemOf(await shop.cancel(id), 503);
    const shown = await shop.status(id);
    assert.deepEqual(
      [shown.status, shown.tokenUrl, shown.bridge],
      ['pending', undefined, undefined],
    );
    const response = await shop.create({ key: 'k1' });
    assert.equal((await problemOf(response, 503)).code, 'payby-unavailable');
    assert.equal(shop.payby.count('placeOrder'), 1);
    await shop.pass(3 * second);
    assert.equal((await shop.order({ key: 'k1' })).status, 'cancelled');
  });

  it('is placed once for creates that come while PayBy hangs', async () => {
    const shop = openShop();
    const { arrived, release } = shop.payby.hold('placeOrder');
    shop.payby.refuse('placeOrder', '500', 'SYSTEM_ERROR');
    const creates = [shop.create({ key: 'k1' })];
    await arrived;
    for (let at = 0; at < 20; at += 1) creates.push(shop.create({ key: 'k1' }));
    await shop.quiet();
    await shop.clock.pass(10 * second);
    const answers = await Promise.all(creates);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([503]));
    assert.equal(shop.payby.count('placeOrder'), 1);
    release();
  });

  it('answers the old order when it turns out to be paid', async () => {
    let amount = '10.00';
    const shop = openShop({ quote: () => ({ amount, subject: 'Cart' }) });
    const old = await shop.order({ key: 'k1' });
    shop.payby.pay(old.id);
    amount = '20.00';
    const order = await shop.order({ key: 'k2' });
    assert.deepEqual([order.id, order.status], [old.id, 'paid']);
    assert.equal(shop.payby.orders.size, 1);
    assert.equal(shop.paid.length, 1);
  });

  it('makes no second order while nobody knows whether the old one can be paid', async () => {
    let amount = '10.00';
    const shop = openShop({ quote: () => ({ amount, subject: 'Cart' }) });
    await shop.order({ key: 'k1' });
    amount = '20.00';
    shop.payby.refuse('cancelOrder', '500', 'SYSTEM_ERROR');
    const response = await shop.create({ key: 'k2' });
    assert.equal(response.headers.get('retry-after'), '3');
    assert.equal((await problemOf(response, 503)).code, 'payby-unavailable');
    assert.equal(shop.payby.orders.size, 1);
    await shop.pass(3 * second);
    assert.equal((await shop.create({ key: 'k2' })).status, 201);
  });

  it('makes a new order after the old one expired', async () => {
    const shop = openShop();
    const old = await shop.order({ key: 'k1' });
    await shop.pass(hour);
    const order = await shop.order({ key: 'k2' });
    assert.notEqual(order.id, old.id);
    assert.equal((await shop.status(old.id)).status, 'expired');
  });

  it('is no rule for orders without a reference', async () => {
    const shop = openShop({ quote: () => ({ amount: '1', subject: 'Gift' }) });
    const send = () =>
      shop.send('/orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"paySceneCode":"DYNQR"}',
      });
    const [first, second] = [await orderOf(await send()), await orderOf(await send())];
    assert.notEqual(first.id, second.id);
  });
});

describe('when PayBy does not take an order', () => {
  it('an unknown outcome is 503, and the same key sends the same order again', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', (work) => {
      work();
      throw new TypeError('socket hang up');
    });
    const response = await shop.create({ key: 'k1' });
    assert.equal(response.headers.get('retry-after'), '3');
    assert.equal((await problemOf(response, 503)).code, 'payby-unavailable');
    assert.deepEqual(shop.codes(), ['place-failed']);

    await shop.pass(7 * second);
    const order = await shop.order({ key: 'k1' });
    const placed = shop.payby.calls.filter(({ operation }) => operation === 'placeOrder');
    const [first, second_] = placed;
    assert.deepEqual(first?.content, second_?.content);
    assert.equal(shop.payby.orders.size, 1);
    assert.deepEqual([order.status, typeof order.tokenUrl], ['pending', 'string']);
  });

  it('an unknown outcome is repaired by another page of the same cart, too', async () => {
    const shop = openShop();
    shop.payby.refuse('placeOrder', '504', 'SERVICE_TIMEOUT');
    await problemOf(await shop.create({ key: 'k1' }), 503);
    await shop.order({ key: 'k2' });
    assert.equal(shop.payby.orders.size, 1);
    assert.equal(shop.payby.count('placeOrder'), 2);
  });

  it('no answer in time is unknown, too', async () => {
    const shop = openShop();
    let reach = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    shop.payby.fault('placeOrder', () => {
      reach();
      return new Promise(() => {});
    });
    const creating = shop.create({ key: 'k1' });
    await reached;
    await shop.clock.pass(10 * second);
    await problemOf(await creating, 503);
    assert.equal((await shop.create({ key: 'k1' })).status, 200);
  });

  it('a passing refusal is 503 and fails nothing', async () => {
    const shop = openShop();
    shop.payby.refuse('placeOrder', '402', 'RATE_LIMIT_REJECT');
    await problemOf(await shop.create({ key: 'k1' }), 503);
    assert.equal((await shop.order({ key: 'k1' })).status, 'pending');
  });

  it('a refusal is 502 with PayBy’s code alone, and the order failed', async () => {
    const shop = openShop();
    shop.payby.refuse('placeOrder', '62026', 'PRODUCT_IS_NOT_APPLIED for mid 200000004021');
    const response = await shop.create({ key: 'k1' });
    assert.deepEqual(await problemOf(response, 502), {
      status: 502,
      code: 'payby-rejected',
      detail: 'PayBy refused this order.',
      paybyCode: '62026',
    });
    assert.match(shop.anomalies[0]?.message ?? '', /PRODUCT_IS_NOT_APPLIED/);
    const again = await shop.order({ key: 'k1' });
    assert.deepEqual([again.status, again.failure], ['failed', { code: '62026' }]);
    assert.equal((await shop.create({ key: 'k2' })).status, 201);
  });

  it('an order PayBy calls paid is queried, not failed', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', () => {
      throw new TypeError('socket hang up');
    });
    await problemOf(await shop.create({ key: 'k1' }), 503);
    const id = (await shop.store.findByIdempotencyKey('k1'))?.record.id ?? '';
    const [call] = shop.payby.calls;
    shop.payby.orders.set(id, { ...call?.content, status: 'CREATED' });
    shop.payby.pay(id);
    shop.payby.refuse('placeOrder', '62001', 'ORDER_PAID');
    assert.equal((await shop.order({ key: 'k1' })).status, 'paid');
    assert.equal(shop.paid.length, 1);
  });

  it('an answer for another amount shows no code', async () => {
    const shop = openShop();
    shop.payby.fault('placeOrder', async (work) =>
      shop.payby.answer((await work().text()).replace('12.34', '1234')),
    );
    await problemOf(await shop.create({ key: 'k1' }), 503);
    assert.deepEqual(shop.codes(), ['order-mismatch', 'place-failed']);
  });

  it('a store that fails is 500 without a word of it', async () => {
    const shop = openShop();
    shop.store.create = () => Promise.reject(new Error('disk of host db-7 is full'));
    const response = await shop.create();
    const text = await response.clone().text();
    assert.equal((await problemOf(response, 500)).code, 'internal-error');
    assert.ok(!text.includes('db-7'));
    assert.deepEqual(shop.codes(), ['internal']);
    assert.deepEqual(shop.payby.calls, []);
  });
});

describe('a tokenUrl', () => {
  it('is renewed by the same placeOrder before it lapses', async () => {
    const shop = openShop({ orderLifetime: 2 * hour });
    const first = await shop.order({ key: 'k1' });
    await shop.pass(49 * minute);
    assert.equal((await shop.order({ key: 'k1' })).tokenUrl, first.tokenUrl);
    await shop.pass(2 * minute);
    const renewed = await shop.order({ key: 'k1' });
    assert.equal(renewed.id, first.id);
    assert.notEqual(renewed.tokenUrl, first.tokenUrl);
    const [place, again] = shop.payby.calls;
    assert.deepEqual(place?.content, again?.content);
  });

  it('that cannot be renewed hides no payment', async () => {
    const shop = openShop({ orderLifetime: 2 * hour });
    const { id } = await shop.order();
    await shop.pass(51 * minute);
    shop.payby.refuse('placeOrder', '500', 'SYSTEM_ERROR');
    shop.payby.pay(id);
    assert.equal((await shop.status(id)).status, 'paid');
  });

  it('stays as it is when it cannot be renewed, until it has lapsed', async () => {
    for (const code of ['62016', '500']) {
      const shop = openShop({ orderLifetime: 2 * hour });
      const first = await shop.order({ key: 'k1' });
      await shop.pass(51 * minute);
      shop.payby.refuse('placeOrder', code, 'NO');
      const again = await shop.order({ key: 'k1' });
      assert.deepEqual([again.status, again.tokenUrl], ['pending', first.tokenUrl]);
      assert.deepEqual(shop.codes(), ['place-failed']);
      await shop.pass(59 * second);
      await shop.order({ key: 'k1' });
      assert.equal(shop.payby.count('placeOrder'), 2);

      await shop.pass(8 * minute);
      shop.payby.refuse('placeOrder', code, 'NO');
      assert.equal((await shop.order({ key: 'k1' })).tokenUrl, first.tokenUrl);
      await shop.pass(second);
      assert.equal((await shop.status(first.id)).tokenUrl, undefined);
      assert.equal(shop.payby.count('placeOrder'), 3);
      await problemOf(await shop.create({ key: 'k1' }), 503);
      await shop.pass(minute);
      assert.notEqual((await shop.order({ key: 'k1' })).tokenUrl, first.tokenUrl);
    }
  });
});
