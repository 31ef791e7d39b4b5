import { expect } from '@open-wc/testing';
import { defaultTokenHosts, tokenHosts } from '../../src/order/token-hosts.ts';
import { allowedUrl } from '../../src/order/token-url.ts';

const plain = (value: string) => allowedUrl(value, defaultTokenHosts);

describe('allowedUrl', () => {
  it('keeps PayBy’s own spelling byte for byte', () => {
    for (const url of [
      'https://qr.payby.com?BIZ_TYPE=202&ft=7ac1&t=1765054600668',
      'https://uat-qr.test2pay.com?BIZ_TYPE=202&ft=1&t=2',
      'https://payby.com/',
      'https://pay.botim.money/x?y=z',
    ]) {
      expect(plain(url)).to.equal(url);
    }
  });

  it('writes anything unusual the way browsers read it', () => {
    expect(plain('https://qr.payby.com\\@evil.example')).to.equal(
      'https://qr.payby.com/@evil.example',
    );
    expect(plain(' HTTPS://QR.PAYBY.COM/é')).to.equal('https://qr.payby.com/%C3%A9');
  });

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://qr.payby.com/',
    'https://payby.com.evil.example/',
    'https://evilpayby.com/',
    'https://qr.payby.com:8443/',
    'https://qr.payby.com@evil.example/',
    'https://user:pw@qr.payby.com/',
    'https://user@qr.payby.com/',
    'https://:pw@qr.payby.com/',
    'xhttps://qr.payby.com/',
    'https://qr.payby.com./',
    '//qr.payby.com/',
    'http://localhost:4010/wallet',
    'botim://pay',
    '',
  ]) {
    it(`refuses ${url || 'an empty string'}`, () => {
      expect(plain(url)).to.equal(undefined);
    });
  }

  it('allows what token-hosts names, and http for loopback only', () => {
    const hosts = tokenHosts('Pay.Example, localhost');
    expect(allowedUrl('https://pay.example/x', hosts)).to.equal('https://pay.example/x');
    expect(allowedUrl('https://a.pay.example/x', hosts)).to.equal('https://a.pay.example/x');
    expect(allowedUrl('http://pay.example/x', hosts)).to.equal(undefined);
    expect(allowedUrl('http://localhost:4010/w?x=1', hosts)).to.equal(
      'http://localhost:4010/w?x=1',
    );
    expect(allowedUrl('http://127.0.0.1/', hosts)).to.equal(undefined);
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect(allowedUrl(`http://${host}:80/`, [host])).to.equal(`http://${host}/`);
      expect(allowedUrl(`https://${host}/`, [host])).to.equal(`https://${host}/`);
      expect(allowedUrl(`http://${host}:4010/`, [`${host}:4010`])).to.equal(`http://${host}:4010/`);
      expect(allowedUrl(`http://${host}:4011/`, [`${host}:4010`])).to.equal(undefined);
      expect(allowedUrl(`xhttps://${host}/`, [host])).to.equal(undefined);
      expect(allowedUrl(`httpsx://${host}/`, [host])).to.equal(undefined);
    }
  });

  it('adds to the default hosts what token-hosts names, and no empty name', () => {
    expect(tokenHosts(' Pay.Example,,  b.example ')).to.deep.equal([
      ...defaultTokenHosts,
      'pay.example',
      'b.example',
    ]);
    expect(tokenHosts('')).to.deep.equal([...defaultTokenHosts]);
  });
});
