/** What a backend must refuse, and still be there after. */

import { type Answer, readOrder } from '../answer.ts';
import { ask } from '../ask.ts';
import { newKey } from '../backend.ts';
import {
  judgeAlive,
  judgeGetCancel,
  judgeLargeBody,
  judgeMethod,
  judgeNoHint,
  judgeOddIds,
  judgeRefusal,
  judgeUnknown,
  nameOf,
} from '../judge/refusals.ts';
import type { Visit } from '../visit.ts';
import type { Made } from './create.ts';

/** Larger than a request may be, in characters. */
const tooLarge = 80 * 1024;

/** Ids of every sort that no backend gives; as they stand in the address. */
const oddIds = [
  '..%2F..%2Fetc%2Fpasswd',
  '%00',
  '%ff%fe',
  '%zz',
  '%F0%9F%92%B3',
  'a%0d%0ab',
  "'%20or%20'1'%3D'1",
  'x'.repeat(10_000),
];

/** Orders that are not there. @param known an id of the backend's own form, when there is one */
export async function askForUnknown(visit: Visit, known = randomId()): Promise<void> {
  const { backend, ledger } = visit;
  const missing = likeButOther(known);
  const malformed = 'no%20such%20order!';
  const status = await backend.send('GET', `/${encodeURIComponent(missing)}`);
  // What could be somebody's order is not touched: only a random id is cancelled.
  const random = randomId();
  const events = await backend.send('GET', `/${random}/events`, { accept: 'text/event-stream' });
  const cancel = await backend.send('POST', `/${random}/cancel`);
  ledger.judge('unknown-order', judgeUnknown([status, events, cancel]));
  const answer = await backend.send('GET', `/${malformed}`);
  ledger.judge(
    'no-hint',
    judgeNoHint({ id: encodeURIComponent(missing), answer: status }, { id: malformed, answer }),
  );
}

export async function askForOddIds({ settings, ledger }: Visit): Promise<void> {
  const odd: { name: string; answer: Answer }[] = [];
  for (const id of oddIds) {
    const url = new URL(settings.endpoint);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${id}`;
    const { headers, timeout, fetch } = settings;
    odd.push({
      name: nameOf(id),
      answer: await ask(fetch, { method: 'GET', url, headers }, timeout),
    });
  }
  ledger.judge('odd-ids', judgeOddIds(odd));
}

/** Creates that are none. Whatever a backend makes of them by mistake is noted. */
export async function createWrongly({ backend, ledger, orders }: Visit): Promise<void> {
  const padding = { details: { padding: 'x'.repeat(tooLarge) } };
  const text = await backend.create(newKey(), { contentType: 'text/plain' });
  const broken = await backend.create(newKey(), { raw: '{"paySceneCode": "DYNQR", "refer' });
  const large = await backend.create(newKey(), { body: padding });
  ledger.judge('content-type', judgeRefusal(text, [415]));
  ledger.judge('broken-json', judgeRefusal(broken, [400, 422]));
  ledger.judge('large-body', judgeLargeBody(large));
  for (const read of [text, broken, large].map(readOrder)) {
    if (typeof read !== 'string') orders.set(read.order.id, read.order);
  }
  ledger.judge(
    'method',
    judgeMethod([await backend.send('GET', ''), await backend.send('PUT', '')]),
  );
}

/** Follows the link to cancel, as a preview would. */
export async function followCancelLink({ backend, ledger }: Visit, { order }: Made): Promise<void> {
  const path = `/${encodeURIComponent(order.id)}/cancel`;
  const answer = await backend.send('GET', path);
  ledger.judge('get-cancel', judgeGetCancel(answer, await backend.status(order)));
}

export async function seeAlive({ backend, ledger }: Visit, { order }: Made): Promise<void> {
  ledger.judge('alive', judgeAlive(await backend.status(order)));
}

const randomId = (): string => crypto.randomUUID().replaceAll('-', '');

/** Another id of the same form: its second half is drawn anew, letter for letter. */
function likeButOther(id: string): string {
  const random = randomId() + randomId();
  const half = Math.floor(id.length / 2);
  const drawn = [...id].map((letter, at) => {
    const digit = random[at % random.length] ?? '0';
    if (at < half || !/[A-Za-z0-9]/.test(letter)) return letter;
    return /\d/.test(letter) ? String(Number.parseInt(digit, 16) % 10) : drawLetter(letter, digit);
  });
  const other = drawn.join('');
  return other === id ? `${other.slice(0, -1)}${id.endsWith('7') ? '8' : '7'}` : other;
}

/** A letter that is a hexadecimal digit where `letter` is one, in the same case. */
function drawLetter(letter: string, digit: string): string {
  const drawn = 'abcdef'[Number.parseInt(digit, 16) % 6] ?? 'a';
  return letter === letter.toUpperCase() ? drawn.toUpperCase() : drawn;
}
