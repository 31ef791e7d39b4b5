import { type Answer, maxAnswerSize } from './backend.ts';
import { CheckoutError } from './checkout-error.ts';
import type { Clock } from './clock.ts';

/**
 * What the backend answered, still to be read as an order.
 *
 * @param source who answered, for messages
 * @throws CheckoutError `order-rejected` or `order-invalid`
 */
export async function readAnswer(
  response: Response,
  source: string,
  clock: Clock,
): Promise<Answer> {
  if (!response.ok) throw await rejection(response, source, clock);
  const text = await readText(response, source);
  const now = dateOf(response);
  try {
    return { value: JSON.parse(text), source, ...(now && { now }) };
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw invalid(source, `answered ${type}, which is not JSON; answer the order as JSON`);
  }
}

/** The server's clock, epoch ms; servers of another origin usually hide it. */
const dateOf = ({ headers }: Response) => Date.parse(headers.get('date') ?? '') || undefined;

/** The error an unsuccessful answer stands for, with what its problem+json body says of it. */
async function rejection(response: Response, source: string, clock: Clock) {
  const { status, headers } = response;
  const { code, detail } = await readText(response, source).then(readProblem, () =>
    readProblem(''),
  );
  const said = [code, detail].filter(Boolean).join(', ');
  return new CheckoutError(
    'order-rejected',
    `${source} answered ${status}${said && `: ${said.replace(/\.$/, '')}`}.`,
    {
      httpStatus: status,
      retryable: status >= 500 || [408, 425, 429].includes(status),
      retryAfter: retryAfter(headers.get('retry-after'), dateOf(response) ?? clock.epoch()),
      detail: status < 500 ? detail : undefined,
    },
  );
}

/** Code and detail of a problem+json body; neither of any other text. */
function readProblem(text: string): { code?: string | undefined; detail?: string | undefined } {
  const asText = (word: unknown) => (typeof word === 'string' ? word.slice(0, 200) : undefined);
  try {
    const { code, detail, title } = JSON.parse(text);
    return { code: asText(code), detail: asText(detail ?? title) };
  } catch {
    return {};
  }
}

async function readText({ body }: Response, source: string): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxAnswerSize) {
      void reader.cancel().catch(() => {});
      throw invalid(source, `answered more than ${maxAnswerSize} bytes; an order is smaller`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

const invalid = (source: string, problem: string) =>
  new CheckoutError('order-invalid', `${source} ${problem}.`);

/**
 * A `Retry-After` header (seconds, or a date on the server's clock) in ms, at most two minutes;
 * undefined when absent.
 */
function retryAfter(header: string | null, epoch: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - epoch;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 120_000) : undefined;
}
