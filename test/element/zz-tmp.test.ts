import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

@customElement('zz-tmp')
class Zz extends LitElement {
  @property() value = 'x';
  override render() {
    return html`<p>${this.value}</p>`;
  }
}

describe('zz-tmp', () => {
  it('renders', async () => {
    const el = await fixture<Zz>(html`<zz-tmp value="hi"></zz-tmp>`);
    expect(el.shadowRoot?.textContent).to.equal('hi');
    el.value = 'yo';
    await el.updateComplete;
    expect(el.shadowRoot?.textContent).to.equal('yo');
  });
  it('draws a QR code', async () => {
    const { default: QRCodeStyling } = await import('qr-code-styling');
    const code = new QRCodeStyling({
      type: 'svg',
      data: 'https://example.test/',
      width: 200,
      height: 200,
    });
    const div = document.createElement('div');
    code.append(div);
    await new Promise((r) => setTimeout(r, 100));
    expect(div.querySelector('svg')).to.not.equal(null);
  });
});
