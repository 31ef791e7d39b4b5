/**
 * The least that takes an order and shows its code: Lit, qr-code-styling as it comes, one request. What
 * `npm run bench:page` measures payby-checkout beside.
 */
import { html, LitElement } from 'lit';
import QRCodeStyling from 'qr-code-styling';

class BarePage extends LitElement {
  protected override firstUpdated(): void {
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const response = await fetch('/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ paySceneCode: 'DYNQR', reference: 'cart-42' }),
    });
    const { tokenUrl } = await response.json();
    const target = this.renderRoot.querySelector('p');
    const margin = 16; // a code without a light margin is not read
    if (target) new QRCodeStyling({ type: 'svg', data: tokenUrl, margin }).append(target);
  }

  protected override render() {
    return html`<p></p>`;
  }
}

customElements.define('bare-page', BarePage);
