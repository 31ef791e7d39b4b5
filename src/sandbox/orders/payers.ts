/** Who pays in the sandbox. */
export interface Payer {
  /** How a page or a control names this person. */
  id: string;
  name: string;
  /** `payerMid` of a payment. */
  mid: string;
  /** As getCashierUrlInfo shows it: `+971-58*92`. */
  mobileNumberMask: string;
}

/** Whoever opens a code without saying who they are is this person. */
export const firstPayer: Payer = {
  id: 'amal',
  name: 'Amal',
  mid: '100000030030',
  mobileNumberMask: '+971-58*92',
};

/** The sandbox's people: several, to show what binding an order to its first scanner does. */
export const payers: readonly Payer[] = [
  firstPayer,
  { id: 'omar', name: 'Omar', mid: '100000030031', mobileNumberMask: '+971-50*17' },
  { id: 'priya', name: 'Priya', mid: '100000030032', mobileNumberMask: '+971-55*64' },
];

export const payerById = (id: string): Payer | undefined => payers.find((one) => one.id === id);
