import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { Countdown } from '../../src/element/countdown.ts';
import { FakeClock } from '../support/browser/fake-clock.ts';

const clocks = new WeakMap<Element, FakeClock>();

class CountdownHost extends LitElement {
  readonly #clock = new FakeClock();
  renders = 0;

  constructor() {
    super();
    clocks.set(this, this.#clock);
    new Countdown(this, () => Math.max(0, 5500 - this.#clock.now()), this.#clock);
  }

  protected override render() {
    this.renders += 1;
    return html``;
  }
}
customElements.define('countdown-host', CountdownHost);

async function host() {
  const element = new CountdownHost();
  document.body.append(element);
  await element.updateComplete;
  return { element, clock: clocks.get(element) as FakeClock };
}

describe('the countdown', () => {
  it('renders when the seconds change, never faster, and stops at the end', async () => {
    const { element, clock } = await host();
    const before = element.renders;
    await clock.advance(499);
    expect(element.renders).to.equal(before);
    await clock.advance(5100);
    expect(element.renders).to.be.within(before + 6, before + 7);
    expect(clock.pending).to.equal(0);
    element.remove();
  });

  it('does not tick while the element is away, and goes on when it is back', async () => {
    const { element, clock } = await host();
    element.remove();
    element.requestUpdate();
    await element.updateComplete;
    expect(clock.pending).to.equal(0);
    document.body.append(element);
    await element.updateComplete;
    expect(clock.pending).to.equal(1);
    element.remove();
  });
});
