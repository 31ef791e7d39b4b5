/** The phone and the line that everything is measured on: the same for every page. */
import type { CDPSession, Protocol } from 'puppeteer-core';

/** How many times slower than this machine's the processor is. */
export const slowdown = 4;

/**
 * Slow 4G: 1.6 Mbit/s down, 0.75 Mbit/s up. By how much Chromium holds up each request is told differently:
 * Lighthouse says 150 ms, which is the trip alone; DevTools 3.75 times that, and 90 % of the rates, to make
 * up for the trips of DNS, TCP and TLS. A first probe of these pages took 1.21 s for the bare one and 1.86 s
 * for Adyen's, which is met with 400 ms, in between. `LINE=lighthouse` and `LINE=devtools` take the others;
 * the budgets are ratios, and stay.
 */
const delays: Readonly<Record<string, { latency: number; share: number }>> = {
  probe: { latency: 400, share: 1 },
  lighthouse: { latency: 150, share: 1 },
  devtools: { latency: 562.5, share: 0.9 },
};

/** @throws when there is no line of that name */
export function lineOf(name = 'probe'): Protocol.Network.EmulateNetworkConditionsRequest {
  const line = delays[name];
  if (!line) {
    throw new Error(`There is no LINE "${name}"; take one of ${Object.keys(delays).join(', ')}.`);
  }
  return {
    offline: false,
    latency: line.latency, // ms
    downloadThroughput: (1_600_000 / 8) * line.share, // bytes a second
    uploadThroughput: (750_000 / 8) * line.share,
  };
}

export const line = lineOf(process.env.LINE);

/** From the next request on. */
export async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.emulateNetworkConditions', line);
  await slowDownProcessor(session);
}

export async function slowDownProcessor(session: CDPSession): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Holds an answer of so many bytes up for as long as the line would; all answers share its rate. */
export type HoldUp = (bytes: number) => Promise<void>;

/** The same line, made by the server, for a browser that is not to watch the network. */
export function holdingUp(): HoldUp {
  let isFreeAt = 0;
  return async (bytes) => {
    const sentAt = performance.now() + line.latency;
    isFreeAt = Math.max(isFreeAt, sentAt) + (bytes / line.downloadThroughput) * 1000;
    const wait = isFreeAt - performance.now();
    await new Promise((resolve) => setTimeout(resolve, wait));
  };
}
