/** The log: what the checkout tells its page, and how it hears of its order. */
import { html, nothing, render } from 'lit';
import type { Health, PaybyCheckout } from 'payby-checkout';

interface Entry {
  time: string;
  name: string;
  detail: string;
}

/** Older entries are forgotten. */
const longest = 200;

/** Logs the checkout's events, newest first, below `root`. */
export function logEvents(checkout: PaybyCheckout, root: HTMLElement): void {
  let entries: readonly Entry[] = [];
  const draw = () => render(view(), root);
  const log = (name: string, detail = '') => {
    const time = new Date().toLocaleTimeString('en', { hour12: false });
    entries = [{ time, name, detail }, ...entries].slice(0, longest);
    draw();
  };
  const clear = () => {
    entries = [];
    draw();
  };

  const view = (health = healthOf(checkout)) => html`
    <div class="bar">
      <h2 id="log-title">Events</h2>
      ${health ? html`<p class="note">Connection: ${health}</p>` : nothing}
      <button class="button" type="button" ?disabled=${entries.length === 0} @click=${clear}>
        Clear
      </button>
    </div>
    <ol class="log" tabindex="0" aria-label="Events of the checkout">
      ${entries.map(
        ({ time, name, detail }) => html`<li>
          <time>${time}</time> <code>${name}</code> <span class="detail" dir="auto">${detail}</span>
        </li>`,
      )}
    </ol>
    ${entries.length === 0 ? html`<p class="note">Nothing yet: press Pay.</p>` : nothing}
  `;

  checkout.addEventListener('payby-order', ({ order }) => log('payby-order', order.id));
  checkout.addEventListener('payby-change', ({ state, previous }) =>
    log('payby-change', `${previous.phase} → ${state.phase}`),
  );
  checkout.addEventListener('payby-redirect', ({ url }) => log('payby-redirect', url));
  checkout.addEventListener('payby-scanned', ({ order }) =>
    log('payby-scanned', order.payer?.mobileNumberMask),
  );
  for (const name of ['payby-paid', 'payby-failed', 'payby-expired', 'payby-cancelled'] as const) {
    checkout.addEventListener(name, ({ order }) => log(name, order.id));
  }
  checkout.addEventListener('payby-error', ({ code, message }) =>
    log('payby-error', `${code}: ${message}`),
  );
  watchHealth(checkout, (health, before) => {
    if (health && before) log('health', `${before} → ${health}`);
    else draw();
  });
  draw();
}

/** How the checkout hears of its order; undefined while it follows none. */
function healthOf({ state, health }: PaybyCheckout): Health | undefined {
  return state.phase === 'awaiting' || state.phase === 'scanned' ? health : undefined;
}

/** No event tells of the connection; but the checkout renders anew whenever it changes. */
function watchHealth(
  checkout: PaybyCheckout,
  onHealth: (health: Health | undefined, before: Health | undefined) => void,
): void {
  let before = healthOf(checkout);
  checkout.addController({
    hostUpdated() {
      const health = healthOf(checkout);
      if (health === before) return;
      onHealth(health, before);
      before = health;
    },
  });
}
