import { expect } from '@open-wc/testing';
import {
  hasComeBack,
  rememberRedirect,
  wasRedirected,
} from '../../src/device/redirected-orders.ts';
import { arriveBy, forbidStorage, replace } from '../support/browser/way.ts';

let undo: (() => void)[] = [];

afterEach(() => {
  for (const back of undo) back();
  undo = [];
  sessionStorage.clear();
});

/** An order that no other test has told about. */
let orders = 0;
const another = () => {
  orders += 1;
  return `M-remembered-${orders}`;
};

const fill = () =>
  replace(Storage.prototype, 'setItem', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });

describe('the orders this tab was left for', () => {
  it('are remembered one by one, for as long as the tab lives', () => {
    const [one, two] = [another(), another()];
    rememberRedirect(one);
    expect(wasRedirected(one)).to.equal(true);
    expect(wasRedirected(two)).to.equal(false);
    sessionStorage.clear();
    expect(wasRedirected(one)).to.equal(false);
  });

  for (const [what, trouble] of [
    ['forbidden', forbidStorage],
    ['full', fill],
  ] as const) {
    it(`are remembered until the page goes where the storage is ${what}`, () => {
      undo = [trouble(), arriveBy('navigate')];
      const [one, two] = [another(), another()];
      rememberRedirect(one);
      expect(wasRedirected(one)).to.equal(true);
      expect(wasRedirected(two)).to.equal(false);
      expect(hasComeBack()).to.equal(false);
    });

    for (const type of ['back_forward', 'reload'] as const) {
      it(`may have been any after a ${type} where the storage is ${what}`, () => {
        undo = [trouble(), arriveBy(type)];
        expect(hasComeBack()).to.equal(true);
      });
    }
  }
});

describe('a page that was come back to', () => {
  it('is one that was left for the app before', () => {
    undo = [arriveBy('back_forward')];
    expect(hasComeBack()).to.equal(false);
    rememberRedirect(another());
    expect(hasComeBack()).to.equal(true);
  });

  it('is not one that was come to by a link', () => {
    undo = [arriveBy('navigate')];
    rememberRedirect(another());
    expect(hasComeBack()).to.equal(false);
  });

  it('is not another page of the shop', () => {
    const { href } = location;
    rememberRedirect(another());
    history.replaceState(null, '', '?another-page');
    undo = [arriveBy('back_forward'), () => history.replaceState(null, '', href)];
    expect(hasComeBack()).to.equal(false);
  });
});
