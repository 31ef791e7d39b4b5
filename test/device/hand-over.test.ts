import { expect } from '@open-wc/testing';
import { files } from '../../src/device/save-file.ts';
import { sharing } from '../../src/device/share.ts';
import { replace } from '../support/browser/way.ts';

let undo: (() => void)[] = [];

afterEach(() => {
  for (const back of undo) back();
  undo = [];
});

const picture = new File(['x'], 'payment-M1.png', { type: 'image/png' });

describe('files.save', () => {
  it('has the browser download the file by its name, and lets go of it later', async () => {
    const clicked: HTMLAnchorElement[] = [];
    const later: (() => void)[] = [];
    const revoked: string[] = [];
    function click(this: HTMLAnchorElement) {
      clicked.push(this);
    }
    undo = [
      replace(HTMLAnchorElement.prototype, 'click', click),
      replace(window, 'setTimeout', (callback: () => void) => later.push(callback)),
      replace(URL, 'revokeObjectURL', (url: string) => void revoked.push(url)),
    ];
    files.save(picture);
    for (const back of undo.splice(1, 1)) back();
    const [link] = clicked;
    expect(link?.download).to.equal('payment-M1.png');
    expect(link?.protocol).to.equal('blob:');
    expect(link?.isConnected).to.equal(false);
    expect(await (await fetch(link?.href ?? '')).text()).to.equal('x');
    expect(revoked).to.deep.equal([]);
    for (const callback of later) callback();
    expect(revoked).to.deep.equal([link?.href]);
  });
});

describe('sharing', () => {
  const share = (then: () => Promise<void>, canShare?: () => boolean) => {
    undo = [replace(navigator, 'share', then), replace(navigator, 'canShare', canShare)];
    return sharing.share(picture, 'Pay', 'https://qr.payby.com/1');
  };

  it('is there where the browser has it', () => {
    undo = [replace(navigator, 'share', undefined)];
    expect(sharing.isThere()).to.equal(false);
    undo.push(replace(navigator, 'share', () => {}));
    expect(sharing.isThere()).to.equal(true);
  });

  it('tells whether it was done', async () => {
    expect(await share(async () => {})).to.equal(true);
  });

  for (const name of ['AbortError', 'InvalidStateError']) {
    it(`takes an ${name} for nothing done, and nothing wrong`, async () => {
      expect(await share(() => Promise.reject(new DOMException('', name)))).to.equal(false);
    });
  }

  for (const cause of [new DOMException('', 'NotAllowedError'), new TypeError('AbortError')]) {
    it(`rejects with any other error: ${cause.name}`, async () => {
      const failed = await share(() => Promise.reject(cause)).catch((error: unknown) => error);
      expect(failed).to.equal(cause);
    });
  }
});
