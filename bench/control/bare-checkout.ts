/** The least a page needs to show a QR code: what payby-checkout is measured against. */
import { html, LitElement } from 'lit';

class BareCheckout extends LitElement {
  protected override firstUpdated(): void {
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const { default: QRCodeStyling } = await import('qr-code-styling');
    const target = this.renderRoot.querySelector('p');
    if (target) new QRCodeStyling({ type: 'svg', data: this.title }).append(target);
  }

  protected override render() {
    return html`<p></p>`;
  }
}

customElements.define('bare-checkout', BareCheckout);
