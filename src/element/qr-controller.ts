import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CheckoutError } from '../order/checkout-error.ts';
import { type Clock, systemClock } from '../order/clock.ts';
import { nextTask } from '../order/next-task.ts';

/** The code on screen, or what became of it. */
export type QrState =
  | { status: 'none' } //                     → drawing
  | { status: 'drawing' } //                  → drawn | failed
  | { status: 'drawn'; svg: SVGElement } //   → drawing (another link)
  | { status: 'failed' }; //                  → drawing (another link)

type DrawQrCode = (tokenUrl: string, hasLogo: boolean) => Promise<SVGElement>;

const drawLazily: DrawQrCode = async (tokenUrl, hasLogo) => {
  const { drawQrCode } = await import('./qr-code.ts');
  await nextTask(); // not in one with the showing of the order
  return drawQrCode(tokenUrl, hasLogo);
};

/** A code that is not there after this long counts as failed, ms. */
const drawTimeout = 10_000;

/** Draws the code of the present tokenUrl; the drawing code is loaded on first use. */
export class QrController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onError: (error: CheckoutError) => void;
  readonly #draw: DrawQrCode;
  readonly #clock: Clock;
  #state: QrState = { status: 'none' };
  #wanted = '';
  #stopTimer = () => {};

  constructor(
    host: ReactiveControllerHost,
    onError: (error: CheckoutError) => void,
    draw = drawLazily,
    clock = systemClock,
  ) {
    this.#host = host;
    this.#onError = onError;
    this.#draw = draw;
    this.#clock = clock;
    host.addController(this);
  }

  get state(): QrState {
    return this.#state;
  }

  hostDisconnected(): void {
    if (this.#state.status === 'drawing') this.show(undefined, false);
  }

  /** Shows the code of `tokenUrl`; nothing happens when it is on screen already. */
  show(tokenUrl: string | undefined, hasLogo: boolean): void {
    const wanted = tokenUrl ? `${hasLogo} ${tokenUrl}` : '';
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#stopTimer();
    this.#set({ status: tokenUrl ? 'drawing' : 'none' });
    if (tokenUrl) void this.#run(tokenUrl, hasLogo, wanted);
  }

  async #run(tokenUrl: string, hasLogo: boolean, wanted: string): Promise<void> {
    const fail = (cause: unknown) => {
      const isOver = wanted !== this.#wanted || this.#state.status !== 'drawing';
      if (isOver) return;
      this.#set({ status: 'failed' });
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The QR code could not be drawn (${reason}); the link to pay is shown instead.`;
      this.#onError(new CheckoutError('qr-failed', message, { cause }));
    };
    this.#stopTimer = this.#clock.after(drawTimeout, () => fail(new Error('it took too long')));
    try {
      const svg = await this.#draw(tokenUrl, hasLogo);
      // Better late than never: a code that comes after all is shown.
      if (wanted === this.#wanted) this.#set({ status: 'drawn', svg });
    } catch (cause) {
      fail(cause);
    } finally {
      if (wanted === this.#wanted) this.#stopTimer();
    }
  }

  #set(state: QrState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
