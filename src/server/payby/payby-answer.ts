/** What an answer of PayBy's means, once its bytes are here. Pure: bytes in, body or error out. */
import * as v from 'valibot';
import { parse, paybyHeadSchema } from '../../protocol.ts';
import { type Bytes, fromUtf8 } from '../bytes.ts';
import { PaybyError, type PaybyOperation, PaybyUnknownError } from './payby-error.ts';

export interface PaybyAnswer {
  operation: PaybyOperation;
  /** HTTP status. PayBy's verdict is in the body; this only helps the operator. */
  status: number;
  bytes: Bytes;
  /** Whether the signature over `bytes` is PayBy's. */
  signed: boolean;
}

const envelope = v.looseObject({ head: paybyHeadSchema, body: v.optional(v.unknown()) });

/**
 * The `body` of an answer that says SUCCESS.
 *
 * @throws PaybyError when PayBy refused
 * @throws PaybyUnknownError when the answer is not signed, cannot be read, or says that PayBy itself
 *   does not know
 */
export function readAnswer(answer: PaybyAnswer): unknown {
  const { operation, status: httpStatus } = answer;
  if (!answer.signed) throw unsigned(answer);
  const { head, body } = readable(operation, () =>
    parse(envelope, JSON.parse(fromUtf8(answer.bytes)), ''),
  );
  const { applyStatus, code, msg, traceCode } = head;
  if (applyStatus === 'SUCCESS' && code === '0') return body;
  const said = { operation, code, msg, traceCode };
  if (isRefusal(applyStatus, code, msg)) throw new PaybyError({ ...said, applyStatus });
  const message = `PayBy answered ${applyStatus} ${code} ${msg ?? ''}`.trimEnd();
  throw new PaybyUnknownError({ ...said, reason: 'gateway', message, httpStatus });
}

/** A refusal is definite only when PayBy says so in words it is known to use; the rest is unknown. */
const isRefusal = (applyStatus: string, code: string, msg = ''): boolean =>
  ['SUCCESS', 'FAIL', 'ERROR'].includes(applyStatus) &&
  code !== '0' &&
  !/^5\d\d$/.test(code) &&
  !/SYSTEM_ERROR|SERVICE_TIMEOUT/.test(msg);

/**
 * PayBy cannot sign an answer to a merchant it does not recognise, so its ERROR arrives unsigned. It is
 * shown to the operator and changes nothing.
 */
function unsigned({ operation, status, bytes }: PaybyAnswer): PaybyUnknownError {
  const claimed = claimedHead(bytes);
  const says = claimed
    ? ` that says ${claimed.applyStatus} ${claimed.code} ${claimed.msg ?? ''}`.trimEnd()
    : '';
  return new PaybyUnknownError({
    operation,
    reason: 'signature',
    message:
      `HTTP ${status} with an answer not signed by PayBy${says.slice(0, 200)} ` +
      '(check partnerId, both keys, the environment and the IP whitelist)',
    code: claimed?.code.slice(0, 40),
    msg: claimed?.msg?.slice(0, 200),
    traceCode: claimed?.traceCode?.slice(0, 40),
    httpStatus: status,
  });
}

function claimedHead(bytes: Bytes) {
  try {
    return v.parse(envelope, JSON.parse(fromUtf8(bytes))).head;
  } catch {
    return undefined;
  }
}

/** Runs `read`. @throws PaybyUnknownError for whatever it throws: the answer cannot be read */
export function readable<Result>(operation: PaybyOperation, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable';
    const message = `PayBy's answer cannot be read (${why})`;
    throw new PaybyUnknownError({ operation, reason: 'unreadable', message, cause });
  }
}
