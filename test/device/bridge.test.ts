import { expect } from '@open-wc/testing';
import { bridge } from '../../src/device/bridge.ts';

const request = { appId: '200000123', token: 'ft' };
const put = (value: unknown) => Reflect.set(window, 'ToPayJSBridge', value);

afterEach(() => void Reflect.deleteProperty(window, 'ToPayJSBridge'));

describe('the app’s bridge', () => {
  for (const [what, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a string', 'invoke'],
    ['something without invoke', {}],
    ['something whose invoke is no function', { invoke: 'x' }],
  ] as const) {
    it(`is not there when ${what} is in its place`, () => {
      put(value);
      expect(bridge.isThere()).to.equal(false);
      expect(bridge.pay(request, () => {})).to.equal(false);
    });
  }

  it('is not an element of the page that has its name', () => {
    const clobber = document.createElement('form');
    clobber.id = 'ToPayJSBridge';
    clobber.innerHTML = '<input name="invoke">';
    document.body.append(clobber);
    expect(bridge.isThere()).to.equal(false);
    clobber.remove();
  });

  it('is called as a method, with the request and nothing more', () => {
    const calls: unknown[] = [];
    const app = {
      invoke(...args: unknown[]) {
        calls.push(this === app, args.slice(0, 2));
      },
    };
    put(app);
    const more = { ...request, secret: 'x' };
    expect(bridge.pay(more, () => {})).to.equal(true);
    expect(calls).to.deep.equal([true, ['ToPayRequest', request]]);
  });

  it('passes nothing on of what the app says', () => {
    const said: unknown[][] = [];
    put({
      invoke: (_name: string, _data: unknown, callback: (...args: unknown[]) => void) =>
        callback('{"status":"success"}'),
    });
    bridge.pay(request, (...args: unknown[]) => void said.push(args));
    expect(said).to.deep.equal([[]]);
  });

  it('that throws has not taken it', () => {
    put({
      invoke() {
        throw new Error('not now');
      },
    });
    expect(bridge.pay(request, () => {})).to.equal(false);
  });

  it('is waited for until the signal says not to', () => {
    let calls = 0;
    const waiting = new AbortController();
    bridge.onReady(() => {
      calls += 1;
    }, waiting.signal);
    document.dispatchEvent(new Event('ToPayJSBridgeReady'));
    waiting.abort();
    document.dispatchEvent(new Event('ToPayJSBridgeReady'));
    expect(calls).to.equal(1);
  });
});
