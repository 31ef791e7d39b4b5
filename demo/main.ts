/** The playground: a shop, a phone to pay with, and switches for all that can be different or go wrong. */
import type { PaybyCheckout } from 'payby-checkout';
import 'payby-checkout';
import { faultsHeader, serverFaults } from './fault-names.ts';
import { setBridge } from './playground/app-bridge.ts';
import { attributesOf, isPreview, setAttributes } from './playground/attributes.ts';
import { setUpCart } from './playground/cart.ts';
import { breakableConnection } from './playground/connection.ts';
import { codePanel } from './playground/copy-code.ts';
import { setClockAhead } from './playground/device-clock.ts';
import { logEvents } from './playground/event-log.ts';
import { find } from './playground/find.ts';
import { setUpPhone } from './playground/phone.ts';
import { keepInReach } from './playground/phone-place.ts';
import { readSettings, type Settings, writeSettings } from './playground/settings.ts';
import { switchPanel } from './playground/switches.ts';

const hour = 3_600_000;

const checkout = find<PaybyCheckout>('checkout');
let settings = readSettings(new URLSearchParams(location.search));

// Asked before this tab can be put offline.
let hasWallet: boolean | undefined;
const phone = readWalletOrigin().then((walletOrigin) => {
  hasWallet = walletOrigin !== undefined;
  const subject = () =>
    checkout.shadowRoot?.querySelector('[part=qr]')?.closest<HTMLElement>('.plate') ?? undefined;
  return setUpPhone({ root: find('phone'), subject, walletOrigin });
});

const connection = breakableConnection();
const code = codePanel(find('code'));
const switches = switchPanel(find('switches'), {
  onChange: (next) => change(next),
  onReset: () => change(readSettings(new URLSearchParams())),
});
const cart = setUpCart(checkout, {
  onTouched: () => isPreview(settings) && change({ ...settings, phase: 'live' }),
  onChange: show,
});

// The order in the phone is over: what was scanned leads nowhere any more.
checkout.addEventListener('payby-cancelled', () => void phone.then(({ rest }) => rest()));

/** The faults that the server makes travel with every request of the checkout. */
const wantedOfServer = ({ faults }: Settings): string =>
  serverFaults.filter((fault) => faults.includes(fault)).join(' ');

checkout.requestInit = () => {
  const wanted = wantedOfServer(settings);
  return wanted ? { headers: { [faultsHeader]: wanted } } : {};
};

/** Everything on the page as the settings want it. */
function show(): void {
  const attributes = attributesOf(settings, cart.reference);
  const details = isPreview(settings) ? undefined : cart.details;
  checkout.details = details;
  setAttributes(checkout, attributes);
  setClockAhead(settings.faults.includes('clock') ? hour : 0);
  connection.setOffline(settings.faults.includes('offline'));
  find('stage').dataset.theme = settings.theme;
  setBridge(hasBridge(settings) ? payInPhone : undefined);
  switches.show(settings);
  code.show(attributes, details);
}

function change(next: Settings): void {
  const before = settings;
  const isOther = (name: keyof Settings) => next[name] !== before[name];
  const isHurried = ({ faults }: Settings) => faults.includes('expiry');
  settings = next;
  const query = String(writeSettings(next));
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
  if (isOther('phase')) checkout.reset();
  show();
  if (isOther('phase')) startOver();
  // An order is followed anew by a checkout that comes back to the page.
  if (isOther('updates')) checkout.parentElement?.insertBefore(checkout, checkout.nextSibling);
  // What is open was opened under other conditions.
  if (wantedOfServer(next) !== wantedOfServer(before)) connection.dropStreams();
  if (isHurried(next) !== isHurried(before)) void renew();
}

/** Another setup is another page for the checkout: it starts by itself if it is told to. */
function startOver(): void {
  void phone.then(({ rest }) => rest());
  if (checkout.autostart) checkout.start();
}

/** An order keeps the lifetime that it was made with; so one that waits gives way to another. */
async function renew(): Promise<void> {
  const { phase } = checkout.state;
  if (phase !== 'awaiting' && phase !== 'scanned') return;
  await checkout.cancel();
  checkout.reset();
  checkout.start();
}

async function readWalletOrigin(): Promise<string | undefined> {
  try {
    const response = await fetch('/api/shop/wallet');
    return (await response.json()).origin;
  } catch {
    return undefined;
  }
}

/** Whether the app would have put its bridge into this page. */
const hasBridge = ({ device, inApp }: Settings): boolean =>
  inApp === 'bridge' && (device === 'botim' || device === 'payby');

function payInPhone(token: string, onLeft: () => void): void {
  void phone.then(({ openToken }) => openToken(token, onLeft));
}

/** Links into the app open in the phone beside the page, as they would in the customer's hand. */
function openInPhone(event: Event, url: string): void {
  if (hasWallet === false) return;
  event.preventDefault();
  void phone.then(({ open }) => open(url));
}

checkout.addEventListener('payby-redirect', (event) => openInPhone(event, event.url));
checkout.addEventListener('click', (event) => {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (link) openInPhone(event, link.href);
});
checkout.addEventListener('payby-paid', () => {
  if (!isPreview(settings)) void cart.showBooks();
});
find('new-cart').addEventListener('click', startOver);

keepInReach(find('phone'), checkout, find('stage'));
logEvents(checkout, find('events'));
cart.show();
