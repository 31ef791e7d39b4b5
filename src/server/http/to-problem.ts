/** From whatever was thrown to what the page may know of it. */
import { type Anomalies, messageOf } from '../anomaly.ts';
import {
  isPaybyFailure,
  PaybyError,
  saysOrderIsFinal,
  saysTryLater,
} from '../payby/payby-error.ts';
import { CheckoutRefusal, HttpProblem, problemResponse, unavailable } from './problem.ts';
import { BodyReadBeforeError } from './request-body.ts';

/** The problem for `thrown`. What the kit did not foresee is reported and answered without a word of it. */
export function toProblem(thrown: unknown, anomalies: Anomalies): Response {
  if (thrown instanceof HttpProblem) return thrown.toResponse();
  if (thrown instanceof CheckoutRefusal) {
    const { status, code, message } = thrown;
    return problemResponse({ status, code, detail: message });
  }
  if (thrown instanceof PaybyError && !isPassing(thrown)) {
    return new HttpProblem({
      status: 502,
      code: 'payby-rejected',
      detail: 'PayBy refused this order.',
      members: { paybyCode: thrown.code },
    }).toResponse();
  }
  if (isPaybyFailure(thrown)) {
    return unavailable('PayBy cannot be asked right now. Try the same again.').toResponse();
  }
  const wasRead = thrown instanceof BodyReadBeforeError;
  const anomaly = wasRead ? 'body-already-read' : 'internal';
  anomalies.report({ code: anomaly, message: messageOf(thrown), cause: thrown });
  const detail = 'Something went wrong in the shop.';
  const code = wasRead ? 'body-already-read' : 'internal-error';
  return new HttpProblem({ status: 500, code, detail }).toResponse();
}

/** An order that is final at PayBy, but could not be queried, will be known soon. */
const isPassing = (error: PaybyError): boolean => saysTryLater(error) || saysOrderIsFinal(error);
