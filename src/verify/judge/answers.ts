/** Judging what must hold for every answer. Pure. */
import type { Order } from '../../protocol.ts';
import { type Answer, type Answered, describe } from '../answer.ts';
import { fail, gravest, type Judgement, notChecked, pass, warn } from '../finding.ts';

const minute = 60_000;
const latest = 48 * 60 * minute;

/** No moment of this century is smaller in ms, and none is larger in seconds. */
const isInSeconds = (time: number): boolean => time < 100_000_000_000;

/** @param here this machine's clock as the answer came, epoch ms */
export function judgeClock(order: Order, { headers }: Answered, here: number): Judgement {
  const date = Date.parse(headers.get('date') ?? '');
  const now = order.now ?? (Number.isNaN(date) ? undefined : date);
  const { expiresAt } = order;
  for (const [field, time] of Object.entries({ now: order.now, expiresAt })) {
    if (time === undefined || !isInSeconds(time)) continue;
    return fail(`${field} ${time}, which is in seconds`, 'Multiply by 1000.');
  }
  if (now === undefined)
    return warn('neither "now" nor a Date header: the countdown trusts the phone');
  const off = Math.round((now - here) / minute);
  if (Math.abs(now - here) > 5 * minute) return fail(`a clock that is ${off} minutes off`);
  if (expiresAt === undefined) return pass('no expiresAt: the page shows no countdown');
  if (expiresAt <= here) return fail(`expiresAt ${expiresAt}, which is over`);
  const tooLate = expiresAt > here + latest + 5 * minute;
  return tooLate ? fail(`expiresAt ${expiresAt}, more than 48 hours ahead`) : pass();
}

/** @param answers every order and stream that was answered */
export function judgeNoStore(answers: readonly Pick<Answered, 'asked' | 'headers'>[]): Judgement {
  if (answers.length === 0) return notChecked('no order was answered');
  const stored = answers.find(({ headers }) => !/\bno-store\b/i.test(header(headers)));
  if (!stored) return pass();
  return fail(`${stored.asked} came with ${header(stored.headers) || 'no Cache-Control'}`);
}

const header = (headers: Headers) => headers.get('cache-control') ?? '';

/** What never leaves a server, whatever form its answers have. */
const secret: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY|"private_?key"/i, 'a private key'],
  [/\bat [^\n<]{1,200}\.\w+:\d+:\d+|\bat [\w.$]+\(\w+\.(java|kt):\d+\)/, 'a stack trace'],
  [
    /#\d+ \S+\.php\(\d+\)|Traceback \(most recent|\bgoroutine \d+ \[|\.cs:line \d+/,
    'a stack trace',
  ],
];

/** What PayBy tells the merchant and the contract has no field for. */
const internal: readonly (readonly [RegExp, string])[] = [
  [/"(payeeMid|payerMid|secondaryMerchantId)"/, 'PayBy account numbers'],
  [/"(partner_?id|Partner-Id)"/i, 'the partner id'],
  [/"notifyUrl"/, 'notifyUrl'],
  [/"(settlementAmount|payeeFeeAmount|payerFeeAmount)"/, 'settlement and fees'],
  [/"sign(ature)?"/, 'a signature'],
];

/** @param texts every body and message that was answered, with what was asked for it */
export function judgeSecrets(
  texts: readonly { asked: string; text: string }[],
  passedThrough: boolean,
): Judgement {
  if (texts.length === 0) return notChecked('nothing was answered');
  const found = (patterns: typeof secret) =>
    texts.flatMap(({ asked, text }) =>
      patterns.filter(([pattern]) => pattern.test(text)).map(([, name]) => `${name} in ${asked}`),
    )[0];
  const leak = found(secret);
  if (leak) return fail(leak);
  const inside = found(internal);
  if (!inside) return pass();
  if (!passedThrough) return fail(inside);
  return warn(
    `${inside}, which comes with passing PayBy’s JSON through`,
    'Answer the fields of the contract instead, so that customers see nothing of your account.',
  );
}

/** @param errors every answer from 400 on that the backend itself gave */
export function judgeProblems(errors: readonly Answered[]): Judgement {
  if (errors.length === 0) return notChecked('no error was answered');
  const wrong = errors.find((answer) => !isProblem(answer));
  return wrong ? fail(describe(wrong)) : pass(`${errors.length} errors`);
}

/** Whether an error is `application/problem+json` with a `code`. */
export function isProblem({ headers, json }: Answered): boolean {
  const type = headers.get('content-type') ?? '';
  const code = typeof json === 'object' && json !== null && 'code' in json && json.code;
  return (
    /^application\/problem\+json\s*(;|$)/i.test(type) && typeof code === 'string' && code !== ''
  );
}

/** @param preflight the answer to OPTIONS @param answer an order asked for with the same Origin */
export function judgeCors(
  preflight: Answer,
  answer: Answer,
  origin: string,
  requestHeaders: readonly string[],
): Judgement {
  const before = letsIn(preflight, origin);
  if (before) return fail(before);
  if (preflight.kind === 'answered' && preflight.status > 299) return fail(describe(preflight));
  const allowed = listOf(preflight, 'access-control-allow-headers');
  const missing = requestHeaders.filter((name) => !allowed.includes(name.toLowerCase()));
  const all = allowed.includes('*') && !missing.includes('authorization');
  if (missing.length > 0 && !all) {
    return fail(`a preflight that does not allow the header ${missing.join(', ')}`);
  }
  const after = letsIn(answer, origin);
  return after ? fail(after) : pass();
}

function letsIn(answer: Answer, origin: string): string | undefined {
  if (answer.kind === 'unanswered') return describe(answer);
  const allowed = answer.headers.get('access-control-allow-origin');
  if (allowed === origin || allowed === '*') return undefined;
  return `${answer.asked} came with ${allowed ? `the origin ${allowed.slice(0, 100)}` : 'no Access-Control-Allow-Origin'}`;
}

const listOf = (answer: Answer, name: string): string[] =>
  (answer.kind === 'answered' ? (answer.headers.get(name) ?? '') : '')
    .toLowerCase()
    .split(',')
    .map((item) => item.trim());

/** @param answers to requests of an origin that nobody named */
export function judgeCorsClosed(answers: readonly Answer[], origin: string): Judgement {
  return gravest(
    answers.map((answer) => {
      if (answer.kind === 'unanswered') return fail(describe(answer));
      const credentials = answer.headers.get('access-control-allow-credentials') === 'true';
      const allowed = answer.headers.get('access-control-allow-origin');
      return credentials && allowed === origin
        ? fail(`${answer.asked} lets ${origin} in, with cookies`)
        : pass();
    }),
  );
}
