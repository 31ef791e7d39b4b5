import type { Order } from '../protocol.ts';
import type { CheckoutError } from './checkout-error.ts';

/** Where a checkout stands. Reset leads back to idle from anywhere. */
export type OrderState =
  | { phase: 'idle' } //                            → creating
  | { phase: 'creating' } //                        → any below, idle
  | { phase: 'awaiting'; order: Order } //          → scanned | a final one
  | { phase: 'scanned'; order: Order } //           → awaiting | a final one
  | { phase: 'paid'; order: Order } //              final
  | { phase: 'failed'; order: Order } //            final → creating
  /** `isLapsed`: only the time says so, the backend has not. → paid, or any other final word */
  | { phase: 'expired'; order: Order; isLapsed?: true } // final → creating
  | { phase: 'cancelled'; order: Order } //         final → creating
  | { phase: 'refunded'; order: Order } //          final
  | { phase: 'error'; error: CheckoutError }; //    → creating

export type Phase = OrderState['phase'];

/** Whether an order is on screen that may still be paid. */
export const isOpen = (
  state: OrderState,
): state is OrderState & { phase: 'awaiting' | 'scanned' } =>
  state.phase === 'awaiting' || state.phase === 'scanned';

/** Whether only the time says that the order has expired: a payment may still be on its way. */
export const isLapsed = (state: OrderState): state is OrderState & { phase: 'expired' } =>
  state.phase === 'expired' && state.isLapsed === true;

/** Whether the backend may still have news of the order on screen. */
export const isFollowed = (
  state: OrderState,
): state is OrderState & { phase: 'awaiting' | 'scanned' | 'expired' } =>
  isOpen(state) || isLapsed(state);

const startable: readonly Phase[] = ['idle', 'failed', 'expired', 'cancelled', 'error'];

/** Whether an order may be created: never beside one that is open, under way, or paid. */
export const canStart = (state: OrderState): boolean => startable.includes(state.phase);

/** The order of a state that has one. */
export const orderOf = (state: OrderState): Order | undefined =>
  'order' in state ? state.order : undefined;
