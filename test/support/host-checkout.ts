import type { Frame, Page } from 'puppeteer-core';
import type {} from '../../src/define.ts';
import type { OrderStatus } from '../../src/protocol.ts';
import type { HostServer } from './host-server.ts';
import { until } from './strict-stage.ts';

/** A window with a checkout in it. */
type Place = Page | Frame;

export const phaseIn = (place: Place): Promise<string | undefined> =>
  place.evaluate(() => {
    const state = document.querySelector('payby-checkout')?.state;
    // Not there where the script could not run.
    return state?.phase;
  });

export const phaseIsIn = (place: Place, phase: string): Promise<void> =>
  until(async () => (await phaseIn(place)) === phase);

/** Waits until the code is on screen. */
export const codeIs = (place: Place): Promise<void> =>
  until(() =>
    place.evaluate(
      () => !!document.querySelector('payby-checkout')?.shadowRoot?.querySelector('[part=qr] svg'),
    ),
  );

/** What the customer can read. */
export const textIn = (place: Place): Promise<string> =>
  place.evaluate(
    () =>
      document
        .querySelector('payby-checkout')
        ?.shadowRoot?.querySelector<HTMLElement>('[part=base]')?.innerText ?? '',
  );

/** Pays at the backend, and waits until that is on screen. */
export async function payIn(
  place: Place,
  server: HostServer,
  reference: string,
  status: OrderStatus = 'paid',
): Promise<void> {
  server.settle(reference, status);
  await phaseIsIn(place, status);
}
