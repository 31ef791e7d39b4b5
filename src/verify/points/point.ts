/** A point of the contract, in words. */
export interface Point {
  group: 'Create' | 'Status' | 'Refusals' | 'Events' | 'Cancel' | 'Answers' | 'Payment';
  title: string;
  /** What a backend that keeps the contract does. */
  expected: string;
  /** How one that does not is put right. */
  mend: string;
}
