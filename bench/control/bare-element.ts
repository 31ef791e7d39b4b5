/** The least an element made with Lit can be: what the leak bench measures payby-checkout beside. */
import { html, LitElement } from 'lit';

class BareElement extends LitElement {
  /** The script tag's Lit leaves that to its element. */
  protected override createRenderRoot() {
    return this.attachShadow({ mode: 'open' });
  }

  protected override render() {
    return html`<p>${this.title}</p>`;
  }
}

customElements.define('bare-element', BareElement);
