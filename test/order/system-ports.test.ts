import { expect } from '@open-wc/testing';
import { delay, systemClock } from '../../src/order/clock.ts';
import { systemPorts } from '../../src/order/order-ports.ts';
import { FakeClock } from '../support/browser/fake-clock.ts';

describe('what the checkout has of the browser', () => {
  it('is a clock that goes on, and the device’s idea of the time', async () => {
    const before = { now: performance.now(), epoch: Date.now() };
    const [now, epoch] = [systemClock.now(), systemClock.epoch()];
    await new Promise<void>((resolve) => systemClock.after(5, resolve));
    expect(systemClock.now() - now).to.be.within(4, performance.now() - before.now);
    expect(epoch).to.be.within(before.epoch, Date.now());
  });

  it('is a timer that can be taken back', async () => {
    const fired: string[] = [];
    const takeBack = systemClock.after(0, () => fired.push('taken back'));
    takeBack();
    await new Promise<void>((resolve) => systemClock.after(1, resolve));
    expect(fired).to.deep.equal([]);
  });

  it('is chance, the network, and the tab’s storage', async () => {
    const chances = Array.from({ length: 20 }, systemPorts.random);
    expect(new Set(chances).size).to.be.greaterThan(1);
    for (const chance of chances) expect(chance).to.be.within(0, 1);
    expect(systemPorts.isOnline()).to.equal(navigator.onLine);
    expect(systemPorts.storage()).to.equal(sessionStorage);
    expect(systemPorts.clock).to.equal(systemClock);
    const response = await systemPorts.fetch('data:text/plain,hello', { method: 'GET' });
    expect(await response.text()).to.equal('hello');
  });

  it('is a call when the page is looked at again or the network is back, until it is not wanted', () => {
    let calls = 0;
    const listening = new AbortController();
    const count = () => {
      calls += 1;
    };
    systemPorts.onWake(count, listening.signal);
    const wake = () => {
      calls = 0;
      document.dispatchEvent(new Event('visibilitychange'));
      dispatchEvent(new Event('pageshow'));
      dispatchEvent(new Event('online'));
      return calls;
    };
    expect(document.hidden).to.equal(false);
    expect(wake()).to.equal(3);
    const hidden = Object.getOwnPropertyDescriptor(document, 'hidden');
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    expect(wake()).to.equal(2);
    if (hidden) Object.defineProperty(document, 'hidden', hidden);
    else Reflect.deleteProperty(document, 'hidden');
    listening.abort();
    expect(wake()).to.equal(0);
  });
});

describe('a delay', () => {
  it('ends when its time is over, and leaves no listener', async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    let done = false;
    const waited = delay(1000, clock, signal).then(() => (done = true));
    await clock.advance(999);
    expect(done).to.equal(false);
    await clock.advance(1);
    await waited;
  });

  it('is cut short by its signal, with the signal’s reason, and leaves no timer', async () => {
    const clock = new FakeClock();
    const waiting = new AbortController();
    const reason = new Error('gone');
    const waited = delay(1000, clock, waiting.signal);
    waiting.abort(reason);
    expect(await waited.catch((error: unknown) => error)).to.equal(reason);
    expect(clock.pending).to.equal(0);
    expect(await delay(1, clock, waiting.signal).catch((error: unknown) => error)).to.equal(reason);
    expect(clock.pending).to.equal(0);
  });
});
