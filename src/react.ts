/** `payby-checkout/react`: the element as a React component. */
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import './define.ts';
import type {
  PaybyChangeEvent,
  PaybyErrorEvent,
  PaybyOrderEvent,
  PaybyOutcomeEvent,
  PaybyRedirectEvent,
  PaybyScannedEvent,
} from './element/events.ts';
import { PaybyCheckout as PaybyCheckoutElement } from './element/payby-checkout.ts';

/** React has an `onChange` and an `onError` of its own, so the events keep their first name. */
const events = {
  onPaybyOrder: 'payby-order' as EventName<PaybyOrderEvent>,
  onPaybyChange: 'payby-change' as EventName<PaybyChangeEvent>,
  onPaybyRedirect: 'payby-redirect' as EventName<PaybyRedirectEvent>,
  onPaybyScanned: 'payby-scanned' as EventName<PaybyScannedEvent>,
  onPaybyPaid: 'payby-paid' as EventName<PaybyOutcomeEvent>,
  onPaybyFailed: 'payby-failed' as EventName<PaybyOutcomeEvent>,
  onPaybyExpired: 'payby-expired' as EventName<PaybyOutcomeEvent>,
  onPaybyCancelled: 'payby-cancelled' as EventName<PaybyOutcomeEvent>,
  onPaybyError: 'payby-error' as EventName<PaybyErrorEvent>,
};

/** The properties that a page sets. */
type Setting =
  | 'endpoint'
  | 'reference'
  | 'autostart'
  | 'display'
  | 'updates'
  | 'environment'
  | 'inApp'
  | 'tokenHosts'
  | 'returnUrl'
  | 'theme'
  | 'details'
  | 'createOrder'
  | 'requestInit'
  | 'detect'
  | 'name'
  | 'required'
  | 'disabled';

type Handlers = {
  [Name in keyof typeof events]?: (event: (typeof events)[Name]['__eventType']) => void;
};

/** What the component takes: the element's properties, its events and React's own for any element. */
export interface PaybyCheckoutProps
  extends Omit<React.HTMLAttributes<PaybyCheckoutElement>, Setting>,
    Partial<Pick<PaybyCheckoutElement, Setting>>,
    Handlers {
  /** An order that the page's own server has made: ours, PayBy's JSON, or either as text. */
  order?: PaybyCheckoutElement['order'] | object | string | null;
}

type Component = React.ForwardRefExoticComponent<
  PaybyCheckoutProps & React.RefAttributes<PaybyCheckoutElement>
>;

/** The element as a React component; a `ref` gives the element. */
export const PaybyCheckout = createComponent({
  react: React,
  tagName: 'payby-checkout',
  elementClass: PaybyCheckoutElement,
  events,
  displayName: 'PaybyCheckout',
}) as Component; // of what can be set, and of an order in all its forms, where Lit takes what can be read

export type { PaybyCheckoutElement };
