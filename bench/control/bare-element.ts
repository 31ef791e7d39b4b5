/** The least an element made with Lit can be: what the leak bench measures payby-checkout beside. */
import { html, LitElement } from 'lit';

class BareElement extends LitElement {
  protected override render() {
    return html`<p>${this.title}</p>`;
  }
}

customElements.define('bare-element', BareElement);
