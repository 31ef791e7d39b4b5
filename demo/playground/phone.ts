/** The phone beside the checkout: its camera, and the wallet that a code leads to. */
import { html, nothing, render } from 'lit';
import { photograph } from './camera.ts';
import { readCode } from './scan.ts';

/** What the phone shows. */
type Screen =
  | { kind: 'ready'; said: string; hasPicture?: boolean } // → looking | wallet
  | { kind: 'looking' } // → ready | wallet
  | { kind: 'wallet'; address: string; src: string; onLeft?: () => void } // → looking | ready
  | { kind: 'absent' }; // there is no wallet in this setup: final

const ready: Screen = { kind: 'ready', said: 'Press Scan to point it at the code.' };

/** So long a picture is looked at, ms: people should see what the camera saw. */
const look = 700;

export interface PhoneParts {
  root: HTMLElement;
  /** What the camera is pointed at; undefined when it is not on screen. */
  subject(): HTMLElement | undefined;
  /** The sandbox wallet's origin; undefined when there is none. */
  walletOrigin: string | undefined;
}

export function setUpPhone({ root, subject, walletOrigin }: PhoneParts) {
  const canvas = document.createElement('canvas');
  let screen: Screen = walletOrigin ? ready : { kind: 'absent' };

  function show(next: Screen): void {
    screen = next;
    root.dataset.screen = next.kind;
    const hadFocus = root.contains(document.activeElement);
    render(view(), root);
    // The button that was pressed may be gone; its successor takes its place.
    if (hadFocus && !root.contains(document.activeElement)) root.querySelector('button')?.focus();
  }

  async function scan(): Promise<void> {
    const target = subject();
    if (!target || !photograph(target, canvas)) {
      return show({ kind: 'ready', said: 'There is no code on screen to scan.' });
    }
    const looking: Screen = { kind: 'looking' };
    show(looking);
    const picture = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Promise((resolve) => setTimeout(resolve, look));
    const text = picture && (await readCode(picture));
    await seen;
    // Somebody may have opened a link in the meantime.
    if (screen !== looking) return;
    if (text) open(text);
    else
      show({ kind: 'ready', said: 'The camera finds no code that it can read.', hasPicture: true });
  }

  /**
   * Goes where a code or a link leads, if that is the sandbox wallet.
   *
   * @param onLeft called once the wallet is left again
   */
  function open(address: string, onLeft?: () => void): void {
    if (screen.kind === 'absent') return;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url && url.origin === walletOrigin && url.pathname === '/wallet') {
      show({
        kind: 'wallet',
        address,
        src: `/phone/wallet${url.search}`,
        ...(onLeft && { onLeft }),
      });
    } else {
      const where = url ? url.host : 'nowhere';
      const said = `The code leads to ${where}, which is not the sandbox wallet.`;
      show({ kind: 'ready', said, hasPicture: screen.kind === 'looking' });
    }
  }

  const view = () => html`<div class="screen">${screens()}</div>`;

  function screens() {
    switch (screen.kind) {
      case 'absent':
        return html`<p class="phone-hint">
          This shop pays at PayBy itself: scan the code with a real phone.
        </p>`;
      case 'wallet':
        return html`
          <div class="phone-bar">
            <button class="back" type="button" aria-label="Back to the camera" @click=${rest}>
              <span aria-hidden="true"></span>
            </button>
            <p class="address" title=${screen.address}>
              ${screen.address.replace(/^https?:\/\//, '')}
            </p>
          </div>
          <iframe src=${screen.src} title="Sandbox wallet"></iframe>
        `;
      case 'looking':
      case 'ready':
        return html`
          <div class="viewfinder">
            ${screen.kind === 'looking' || screen.hasPicture ? canvas : nothing}
            <span class="corners" aria-hidden="true"></span>
          </div>
          <p class="phone-hint" role="status">${screen.kind === 'ready' ? screen.said : nothing}</p>
          <button
            class="scan"
            type="button"
            aria-disabled=${screen.kind === 'looking'}
            @click=${() => screen.kind === 'ready' && scan()}
          >
            ${screen.kind === 'looking' ? 'Scanning…' : 'Scan'}
          </button>
        `;
    }
  }

  function rest(): void {
    const before = screen;
    if (before.kind === 'absent') return;
    show(ready);
    if (before.kind === 'wallet') before.onLeft?.();
  }

  show(screen);
  return {
    open,
    /** Opens the payment that the app knows by its token. */
    openToken: (token: string, onLeft: () => void) =>
      open(`${walletOrigin}/wallet?${new URLSearchParams({ BIZ_TYPE: '202', ft: token })}`, onLeft),
    /** Back to the camera: what the phone showed is over. */
    rest,
  };
}
