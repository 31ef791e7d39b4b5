import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { View } from './views/card.ts';
import { dialogView } from './views/dialog.ts';

/** The checkout in a modal dialog. Closing it loses nothing: the order goes on behind it. */
export class CheckoutDialog implements ReactiveController {
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Shows the dialog, with the focus on its card. */
  open(): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.open || !this.#host.isConnected) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
  }

  close(): void {
    this.#dialog?.close();
  }

  /** One that is taken from the page open would come back open, and not modal. */
  hostDisconnected(): void {
    this.close();
  }

  /** @param start asks for an order if there is none */
  render(view: View, card: unknown, said: string, start: () => void): TemplateResult {
    const actions = {
      ...view.actions,
      open: start,
      close: () => this.close(),
      closed: () => this.#returnFocus(),
    };
    return dialogView({ ...view, actions }, card, said);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  /** The browser gives it back to the button; one that is gone by then leaves it to its place. */
  #returnFocus(): void {
    const { isConnected, shadowRoot, renderRoot } = this.#host;
    const focused = shadowRoot?.activeElement;
    // What has the focus in a closed dialog only has it until the next frame.
    if (!isConnected || (focused && !focused.closest('dialog'))) return;
    const place = renderRoot.querySelector<HTMLElement>('.opener');
    (place?.querySelector('button') ?? place)?.focus({ preventScroll: true });
  }
}
