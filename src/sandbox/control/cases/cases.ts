/** PayBy's nine acceptance cases: what each is about, and what the gateway does so that it arises. */
import type { CallFault } from '../../faults/faults.ts';

export const caseIds = ['001', '002', '003', '004', '005', '006', '007', '008', '009'] as const;

/** A case by its number on PayBy's "test cases" page. */
export type CaseId = (typeof caseIds)[number];

export const isCaseId = (text: string): text is CaseId => caseIds.some((id) => id === text);

export interface CaseStory {
  title: string;
  /** What the gateway does with the next order. */
  gateway: string;
  /** What somebody has to do besides placing that order. */
  you: string;
}

export const stories: Record<CaseId, CaseStory> = {
  '001': {
    title: 'A payment that asks for a password',
    gateway:
      'The order stays open for three queries, as while a password is typed, and is then paid.',
    you: 'Place an order of AED 500 or more.',
  },
  '002': {
    title: 'A payment that expires',
    gateway: 'Nobody pays.',
    you: 'Place an order that expires soon, and leave it alone.',
  },
  '003': {
    title: 'Creating answers SYSTEM_ERROR',
    gateway: 'The order is made, but the answer is SYSTEM_ERROR, however often it is asked for.',
    you: 'Place an order.',
  },
  '004': {
    title: 'Creating times out',
    gateway: 'The order is made, but an answer never comes, however often it is asked for.',
    you: 'Place an order.',
  },
  '005': {
    title: 'Cancelling succeeds after several tries',
    gateway: 'The first two cancels answer SYSTEM_ERROR, the third one works.',
    you: 'Place an order, and let it be cancelled.',
  },
  '006': {
    title: 'Cancelling keeps failing',
    gateway: 'Every cancel answers SYSTEM_ERROR.',
    you: 'Place an order, and let it be cancelled.',
  },
  '007': {
    title: 'A query succeeds after several tries',
    gateway: 'The first two queries answer SYSTEM_ERROR, the third one works.',
    you: 'Place an order.',
  },
  '008': {
    title: 'Queries keep failing',
    gateway: 'Every query answers SYSTEM_ERROR.',
    you: 'Place an order.',
  },
  '009': {
    title: 'A notification',
    gateway: 'The order is paid after three seconds, and a notification tells of it.',
    you: 'Place an order with a notifyUrl.',
  },
};

/** Case 001: so many queries find the order open. */
const queriesBeforePayment = 3;

/** Case 009: so long after it was placed, the order is paid, ms. */
export const payAfter = 3000;

const systemError = { kind: 'code', code: 'SYSTEM_ERROR' } as const satisfies CallFault;

/**
 * What the gateway does in a case when the merchant calls.
 *
 * @param on the operation
 * @param nth how often it has been called for this order, this time included
 */
export function scriptOf(id: CaseId, on: string, nth: number): CallFault | 'pay' | undefined {
  switch (`${id} ${on}`) {
    case '001 getOrder':
      return nth > queriesBeforePayment ? 'pay' : undefined;
    case '003 placeOrder':
      return { ...systemError, done: true };
    case '004 placeOrder':
      return { kind: 'silence', done: true };
    case '005 cancelOrder':
    case '007 getOrder':
      return nth <= 2 ? systemError : undefined;
    case '006 cancelOrder':
    case '008 getOrder':
      return systemError;
    default:
      return undefined;
  }
}
