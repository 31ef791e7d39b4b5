import { expect } from '@open-wc/testing';
import type { Health } from '../../src/order/follow-order.ts';
import { answer, json, pendingOrder, problem, silence } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const codes = ({ errors }: OrderHarness) => errors.map(({ code }) => code);
const events = 'GET https://shop.example/api/payby/orders/M965739182419/events';

describe('how the page hears of its order', () => {
  it('is live until something else is known, and again for another order', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    expect(checkout.controller.health).to.equal('live');
    expect(checkout.controller.cancelling).to.equal('no');
    expect(checkout.controller.remaining).to.equal(undefined);
    await checkout.start();
    expect(checkout.controller.health).to.equal('live');
    checkout.backend.status = offline;
    await checkout.clock.advance(2500);
    expect(checkout.controller.health).to.equal('reconnecting');
    checkout.controller.reset();
    expect(checkout.controller.health).to.equal('live');
  });

  it('is told to the page whenever it changes, and then only', async () => {
    const seen: Health[] = [];
    const checkout = new OrderHarness({}, { updates: 'poll' });
    checkout.onUpdate = () => void seen.push(checkout.controller.health);
    await checkout.start();
    seen.length = 0;
    checkout.backend.status = offline;
    await checkout.clock.advance(10_000);
    expect(seen).to.deep.equal(['reconnecting']);
    checkout.isOnline = false;
    await checkout.clock.advance(2500);
    expect(seen).to.deep.equal(['reconnecting', 'offline']);
  });

  it('with updates="auto" is polling while there is no stream, and live with one', async () => {
    const checkout = new OrderHarness();
    const { events } = checkout.backend;
    checkout.backend.events = () => problem(502, 'bad-gateway');
    await checkout.start();
    expect(checkout.controller.health).to.equal('polling');
    checkout.backend.status = offline;
    await checkout.clock.advance(2500);
    expect(checkout.controller.health).to.equal('reconnecting');
    checkout.backend.events = events;
    await checkout.clock.advance(31_000);
    expect(checkout.controller.health).to.equal('live');
    expect(codes(checkout)).to.deep.equal(['network']);
  });

  it('with updates="sse" is reconnecting while there is no stream, and nothing is polled', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    const { events } = checkout.backend;
    checkout.backend.events = offline;
    await checkout.start();
    expect(checkout.controller.health).to.equal('reconnecting');
    await checkout.clock.advance(20_000);
    expect(checkout.backend.count('status')).to.equal(0);
    expect(codes(checkout)).to.deep.equal(['network']);
    checkout.backend.events = events;
    await checkout.clock.advance(31_000);
    expect(checkout.controller.health).to.equal('live');
    checkout.backend.stream.close();
    await settle();
    expect(checkout.controller.health).to.equal('reconnecting');
  });

  it('is polling also when the backend answers, but not what was to be expected', async () => {
    for (const odd of [{ ...pendingOrder, status: 'brewing' }, { id: 5 }]) {
      const checkout = new OrderHarness({}, { updates: 'poll' });
      await checkout.start();
      checkout.backend.status = () => json(odd);
      await checkout.clock.advance(2500);
      expect(checkout.controller.health).to.equal('polling');
      checkout.backend.status = () => problem(503, 'busy');
      await checkout.clock.advance(2500);
      expect(checkout.controller.health).to.equal('reconnecting');
    }
  });

  it('is polling or offline also while the part that follows does not come', async () => {
    const checkout = new OrderHarness();
    checkout.loadFollowOrder = offline;
    await checkout.start();
    await checkout.clock.advance(5000);
    expect(checkout.controller.health).to.equal('polling');
    checkout.backend.status = offline;
    await checkout.clock.advance(5000);
    expect(checkout.controller.health).to.equal('reconnecting');
    checkout.isOnline = false;
    await checkout.clock.advance(5000);
    expect(checkout.controller.health).to.equal('offline');
    checkout.backend.status = () => json(pendingOrder);
    await checkout.clock.advance(5000);
    expect(checkout.controller.health).to.equal('polling');
    // The part that did not come, and, after a good answer, the backend that could not be reached.
    expect(codes(checkout)).to.deep.equal(['network', 'network']);
  });
});

describe('a backend without a stream', () => {
  const without: [string, () => Response][] = [
    ...[204, 404, 405, 406, 410, 501].map((status): [string, () => Response] => [
      String(status),
      () => new Response(null, { status }),
    ]),
    ['JSON', () => json(pendingOrder)],
    ['no type', () => answer('', {})],
    ['another type', () => answer('', { headers: { 'content-type': 'x/text/event-stream' } })],
  ];
  for (const [name, give] of without) {
    it(`that answers ${name} is not asked for one again, and polled`, async () => {
      const checkout = new OrderHarness();
      checkout.backend.events = give;
      await checkout.start();
      await checkout.clock.advance(40_000);
      expect(checkout.backend.count('events')).to.equal(1);
      expect(checkout.backend.count('status')).to.be.greaterThan(10);
      expect(checkout.errors).to.deep.equal([]);
    });
  }

  it('is said once with updates="sse": the page has to change something', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    checkout.backend.events = () => json(pendingOrder);
    await checkout.start();
    await checkout.clock.advance(60_000);
    expect(checkout.errors.map(({ code, message }) => [code, message])).to.deep.equal([
      ['configuration', `${events} is no event stream; serve one or set updates="auto".`],
    ]);
    expect(checkout.backend.count('status')).to.equal(0);
  });

  it('is asked again after any other refusal', async () => {
    for (const status of [400, 401, 403, 409, 429, 500, 502, 503]) {
      const checkout = new OrderHarness();
      checkout.backend.events = () => problem(status, 'no');
      await checkout.start();
      await checkout.clock.advance(10_000);
      expect(checkout.backend.count('events'), String(status)).to.be.greaterThan(2);
    }
  });
});

describe('a stream', () => {
  it('with a type that says more than its name is one', async () => {
    const checkout = new OrderHarness();
    const { events: open } = checkout.backend;
    checkout.backend.events = async (request) => {
      const { body } = await open(request);
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream; charset=utf-8' },
      });
    };
    await checkout.start();
    expect(checkout.controller.health).to.equal('live');
  });

  it('that did not open says so after 5 s, one that fell silent after 45 s', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    const { events: open } = checkout.backend;
    checkout.backend.events = silence;
    await checkout.start();
    await checkout.clock.advance(5000);
    const told = checkout.errors.map(({ code, message, retryable }) => [code, message, retryable]);
    expect(told).to.deep.equal([['timeout', `${events} said nothing for 5 s.`, true]]);
    checkout.errors.length = 0;
    checkout.backend.events = open;
    await checkout.clock.advance(1000);
    checkout.backend.stream.send(pendingOrder);
    await settle();
    await checkout.clock.advance(45_000);
    expect(checkout.errors.map(({ message }) => message)).to.deep.equal([
      `${events} said nothing for 45 s.`,
    ]);
  });

  it('that breaks says which it was, and that a message is no JSON', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    await checkout.start();
    checkout.backend.stream.send('{');
    await settle();
    checkout.backend.stream.fail();
    await settle();
    expect(checkout.errors.map(({ message }) => message)).to.deep.equal([
      `${events}: a message is not JSON.`,
      `${events} could not be reached; check its URL, CORS and network.`,
    ]);
    expect(checkout.errors[0]?.cause).to.be.instanceOf(SyntaxError);
  });

  it('that held for 10 s is opened again after a second at the most, however often others failed', async () => {
    const checkout = new OrderHarness();
    const { events: open } = checkout.backend;
    checkout.backend.events = () => problem(502, 'bad-gateway');
    await checkout.start();
    await checkout.clock.advance(30_000);
    checkout.backend.events = open;
    await checkout.clock.advance(30_000);
    expect(checkout.controller.health).to.equal('live');
    const opened = checkout.backend.count('events');
    checkout.backend.stream.send(pendingOrder);
    await checkout.clock.advance(10_000);
    checkout.backend.stream.close();
    await checkout.clock.advance(1000);
    expect(checkout.backend.count('events')).to.equal(opened + 1);
    checkout.backend.stream.close();
    await checkout.clock.advance(750);
    expect(checkout.backend.count('events')).to.equal(opened + 1);
    await checkout.clock.advance(751);
    expect(checkout.backend.count('events')).to.equal(opened + 2);
  });

  it('is left alone for as long as its Retry-After says', async () => {
    const checkout = new OrderHarness();
    checkout.backend.events = () => problem(503, 'busy', { 'retry-after': '60' });
    await checkout.start();
    await checkout.clock.advance(59_999);
    expect(checkout.backend.count('events')).to.equal(1);
    await checkout.clock.advance(1);
    expect(checkout.backend.count('events')).to.equal(2);
  });

  it('tells the present by itself, so nobody asks, or is asked for within a second', async () => {
    const telling = new OrderHarness();
    await telling.start();
    telling.backend.stream.send(pendingOrder);
    await telling.clock.advance(5000);
    expect(telling.backend.count('status')).to.equal(0);
    const silent = new OrderHarness();
    await silent.start();
    await silent.clock.advance(999);
    expect(silent.backend.count('status')).to.equal(0);
    await silent.clock.advance(1);
    expect(silent.backend.count('status')).to.equal(1);
  });
});

describe('a question', () => {
  it('that is asked for is answered by the next good answer, after failures too', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send(pendingOrder);
    checkout.backend.status = offline;
    let answered = false;
    const asked = checkout.controller.check().then(() => (answered = true));
    await checkout.clock.advance(2500);
    expect(answered).to.equal(false);
    checkout.backend.status = () => json({ ...pendingOrder, status: 'scanned' });
    await checkout.clock.advance(2750);
    await asked;
    expect(checkout.phase).to.equal('scanned');
  });

  it('is asked plainly while the part that follows does not come', async () => {
    const checkout = new OrderHarness();
    checkout.loadFollowOrder = () => new Promise(() => {});
    await checkout.start();
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    await checkout.controller.check();
    expect(checkout.phase).to.equal('paid');
  });

  it('about no order asks nobody', async () => {
    const checkout = new OrderHarness();
    await checkout.controller.check();
    await checkout.controller.cancel();
    expect(checkout.backend.requests).to.deep.equal([]);
  });
});

describe('cancelling', () => {
  it('is under way until it is answered, is asked for once, and is over then', async () => {
    const checkout = new OrderHarness();
    let respond: (response: Response) => void = () => {};
    checkout.backend.cancel = () => new Promise((resolve) => (respond = resolve));
    await checkout.start();
    const first = checkout.controller.cancel();
    await settle();
    expect(checkout.controller.cancelling).to.equal('asked');
    await checkout.controller.cancel();
    expect(checkout.backend.count('cancel')).to.equal(1);
    respond(json(pendingOrder));
    await first;
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.controller.cancelling).to.equal('no');
  });

  it('that was refused asks whether the order is paid', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.cancel = () => problem(409, 'order-paid');
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    await checkout.controller.cancel();
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.controller.cancelling).to.equal('no');
    expect(codes(checkout)).to.deep.equal(['order-rejected']);
  });

  it('leaves a failure that has a reason a failure', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.cancel = () =>
      json({ ...pendingOrder, status: 'failed', failure: { code: 'RISK' } });
    await checkout.controller.cancel();
    expect(checkout.phase).to.equal('failed');
    const unasked = new OrderHarness();
    await unasked.start();
    unasked.backend.stream.send({ ...pendingOrder, status: 'failed' });
    await settle();
    expect(unasked.phase).to.equal('failed');
  });

  it('says nothing once the checkout is gone', async () => {
    const checkout = new OrderHarness();
    checkout.backend.cancel = silence;
    await checkout.start();
    const cancelled = checkout.controller.cancel();
    await settle();
    checkout.controller.hostDisconnected();
    await cancelled;
    expect(checkout.controller.cancelling).to.equal('no');
    expect(checkout.errors).to.deep.equal([]);
  });
});

describe('another reference', () => {
  it('makes room for its order when the last is over, and not before', async () => {
    const checkout = new OrderHarness();
    checkout.controller.moveOn();
    expect(checkout.phases).to.deep.equal([]);
    checkout.controller.start();
    checkout.controller.moveOn();
    await settle();
    checkout.controller.moveOn();
    expect(checkout.phase).to.equal('awaiting');
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    checkout.controller.moveOn();
    expect(checkout.phase).to.equal('idle');
  });

  it('leaves an order alone that the page brought along', async () => {
    const checkout = new OrderHarness();
    checkout.controller.adopt({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.controller.given?.value).to.deep.equal({ ...pendingOrder, status: 'paid' });
    checkout.controller.moveOn();
    expect(checkout.phase).to.equal('paid');
    checkout.controller.reset();
    expect(checkout.controller.given).to.equal(undefined);
  });
});

describe('another way to follow', () => {
  it('begins at once for an order that is followed', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const { stream } = checkout.backend;
    checkout.settings.updates = 'poll';
    checkout.controller.refollow();
    await checkout.clock.advance(2500);
    expect(stream.isAborted).to.equal(true);
    expect(checkout.backend.count('events')).to.equal(1);
    expect(checkout.backend.count('status')).to.equal(1);
  });

  it('asks for nothing before there is an order, and after it is over', async () => {
    const checkout = new OrderHarness();
    checkout.controller.refollow();
    await settle();
    expect(checkout.backend.requests).to.deep.equal([]);
    await checkout.start();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    checkout.controller.refollow();
    await checkout.clock.advance(60_000);
    expect(checkout.backend.requests).to.have.length(2);
  });
});
