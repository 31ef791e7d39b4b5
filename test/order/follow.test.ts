import { expect } from '@open-wc/testing';
import { answer, json, pendingOrder, problem, silence } from '../support/browser/fake-backend.ts';
import { settle } from '../support/browser/fake-clock.ts';
import { OrderHarness } from '../support/browser/order-harness.ts';

const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const noStream = () => answer('', { status: 404 });

describe('following an order by its event stream', () => {
  it('shows what the stream says, once, and lets go at the end', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const { stream } = checkout.backend;
    expect(checkout.controller.health).to.equal('live');
    stream.send({ ...pendingOrder, status: 'scanned' });
    stream.send({ ...pendingOrder, status: 'scanned' });
    await settle();
    stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'scanned', 'paid']);
    expect(stream.isAborted).to.equal(true);
    expect(checkout.clock.pending).to.equal(0);
    expect(checkout.listeners).to.equal(0);
    expect(checkout.backend.count('status')).to.equal(0);
  });

  it('reads messages that arrive in pieces, and none across orders', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const text = `data: ${JSON.stringify({ ...pendingOrder, id: 'other', status: 'paid' })}\r\n\r\ndata: ${JSON.stringify({ ...pendingOrder, status: 'paid' })}\n\n`;
    for (const piece of text.match(/.{1,7}/gs) ?? []) checkout.backend.stream.write(piece);
    await settle();
    expect(checkout.phases.filter((phase) => phase === 'paid')).to.have.length(1);
    expect(checkout.order?.id).to.equal(pendingOrder.id);
  });

  it('asks at once when the stream closes after one message, and opens it again', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send(pendingOrder);
    checkout.backend.stream.close();
    checkout.backend.order = { ...pendingOrder, status: 'scanned' };
    await settle();
    expect(checkout.phase).to.equal('scanned');
    expect(checkout.backend.count('status')).to.equal(1);
    expect(checkout.controller.health).to.equal('polling');
    await checkout.clock.advance(1000);
    expect(checkout.backend.count('events')).to.equal(2);
    expect(checkout.controller.health).to.equal('live');
  });

  it('polls while a stream does not open within 5 s', async () => {
    const checkout = new OrderHarness();
    checkout.backend.events = silence;
    await checkout.start();
    await checkout.clock.advance(4999);
    expect(checkout.backend.count('status')).to.equal(0);
    await checkout.clock.advance(1);
    expect(checkout.backend.count('status')).to.equal(1);
  });

  it('takes a stream for dead after 45 s without a word, but not with comments', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send(pendingOrder);
    for (let i = 0; i < 5; i += 1) {
      await checkout.clock.advance(20_000);
      checkout.backend.stream.comment();
      await settle();
    }
    expect(checkout.backend.count('status')).to.equal(0);
    await checkout.clock.advance(44_999);
    expect(checkout.backend.stream.isAborted).to.equal(false);
    await checkout.clock.advance(1);
    expect(checkout.backend.streams[0]?.isAborted).to.equal(true);
    expect(checkout.backend.count('status')).to.equal(1);
  });

  it('goes on after a message that cannot be read, and says so once', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send('{not json');
    checkout.backend.stream.send('{"id":5}');
    await settle();
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['order-invalid']);
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phase).to.equal('paid');
  });

  it('tells a field that stays wrong once, and not at every answer', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = () => json({ ...pendingOrder, payer: 'x' });
    await checkout.clock.advance(25_000);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['order-invalid']);
  });

  it('takes messages in their order, however long one takes to read', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const { stream } = checkout.backend;
    stream.send({ ...pendingOrder, status: 'scanned', payer: 'odd' });
    stream.send(pendingOrder);
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'scanned', 'awaiting']);
  });

  it('keeps asking where the first answer said, whatever later ones name', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.stream.send({ ...pendingOrder, statusUrl: 'https://evil.example/' });
    await settle();
    checkout.settings.endpoint = '';
    checkout.controller.hostDisconnected();
    checkout.controller.hostConnected();
    await settle();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.backend.requests.every(({ url }) => url.host === 'shop.example')).to.equal(
      true,
    );
  });

  it('does not ask again for a stream that the backend does not have', async () => {
    const checkout = new OrderHarness();
    checkout.backend.events = noStream;
    await checkout.start();
    await checkout.clock.advance(60_000);
    expect(checkout.backend.count('events')).to.equal(1);
    expect(checkout.controller.health).to.equal('polling');
  });

  it('asks for the present when a stream opens without telling it', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    checkout.backend.stream.comment();
    await checkout.clock.advance(1000);
    expect(checkout.phase).to.equal('paid');
  });

  it('with updates="sse" says when there is none to be had', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    checkout.backend.events = () => problem(401, 'unauthorized');
    await checkout.start();
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['order-rejected']);
  });

  it('opens a failing stream again with growing pauses, polling meanwhile', async () => {
    const checkout = new OrderHarness();
    checkout.backend.events = () => problem(502, 'bad-gateway');
    await checkout.start();
    await checkout.clock.advance(120_000);
    expect(checkout.backend.count('events')).to.be.within(5, 12);
    expect(checkout.backend.count('status')).to.be.within(40, 60);
  });
});

describe('following an order by polling', () => {
  it('asks every 2.5 s, then 5 s, then 10 s, never twice at a time', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    await checkout.clock.advance(120_000);
    expect(checkout.backend.count('status')).to.be.within(47, 49);
    await checkout.clock.advance(480_000);
    expect(checkout.backend.count('status')).to.be.within(142, 146);
    await checkout.clock.advance(100_000);
    expect(checkout.backend.count('status')).to.be.within(152, 156);
    expect(checkout.backend.count('events')).to.equal(0);
  });

  it('waits for a slow answer before it asks again', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = silence;
    await checkout.clock.advance(17_000);
    expect(checkout.backend.count('status')).to.equal(1);
    await checkout.clock.advance(4000);
    expect(checkout.backend.count('status')).to.equal(2);
    expect(checkout.controller.health).to.equal('reconnecting');
  });

  it('survives every failure, tells it once, and still hears of the payment', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    const { backend, clock } = checkout;
    const { status } = backend;
    await checkout.start();
    backend.status = offline;
    await clock.advance(60_000);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['network']);
    backend.status = () => problem(500, 'oops');
    await clock.advance(60_000);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['network', 'order-rejected']);
    backend.status = status;
    backend.order = { ...backend.order, status: 'paid' };
    await clock.advance(6000);
    expect(checkout.phase).to.equal('paid');
  });

  it('leaves the backend alone for as long as Retry-After says, even when woken', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = () => problem(429, 'slow-down', { 'retry-after': '30' });
    await checkout.clock.advance(2500);
    expect(checkout.backend.count('status')).to.equal(1);
    await checkout.wake();
    await checkout.clock.advance(29_000);
    expect(checkout.backend.count('status')).to.equal(1);
    await checkout.clock.advance(1000);
    expect(checkout.backend.count('status')).to.equal(2);
  });

  it('asks at once when the page is looked at again', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    await checkout.wake();
    expect(checkout.phase).to.equal('paid');
  });

  it('is not stopped by an answer that breaks the reader', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    const deep = `{"acquireOrder":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    checkout.backend.status = () => answer(deep, { status: 200 });
    await checkout.clock.advance(2500);
    checkout.backend.status = () => json({ ...pendingOrder, status: 'paid' });
    await checkout.clock.advance(3000);
    expect(checkout.phase).to.equal('paid');
  });

  it('outlasts a requestInit that hangs once', async () => {
    let calls = 0;
    const requestInit = () => (++calls === 2 ? new Promise<RequestInit>(() => {}) : {});
    const checkout = new OrderHarness({}, { requestInit });
    await checkout.start();
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    await checkout.clock.advance(6000);
    expect(checkout.phase).to.equal('paid');
  });

  it('tells offline from a backend that does not answer', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = offline;
    checkout.isOnline = false;
    await checkout.clock.advance(2500);
    expect(checkout.controller.health).to.equal('offline');
  });
});

describe('a status nobody knows', () => {
  it('is never paid, keeps waiting and is reported once', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.status = () => json({ ...pendingOrder, status: 'PAID_MAYBE' });
    await checkout.clock.advance(30_000);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['status-unknown']);
    expect(checkout.errors[0]?.message).to.match(/PAID_MAYBE/);
    checkout.backend.status = () => json({ ...pendingOrder, status: 'paid' });
    await checkout.clock.advance(3000);
    expect(checkout.phase).to.equal('paid');
  });

  it('on the first answer shows the code all the same', async () => {
    const checkout = new OrderHarness();
    checkout.backend.create = () => json({ ...pendingOrder, status: 'brewing' });
    await checkout.start();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['status-unknown']);
  });
});

describe('a link that changes while the order is open', () => {
  it('is taken when its host is allowed, and refused when not, without losing the status', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const renewed = 'https://qr.payby.com?BIZ_TYPE=202&ft=new&t=1';
    checkout.backend.stream.send({ ...pendingOrder, tokenUrl: renewed });
    await settle();
    expect(checkout.order?.tokenUrl).to.equal(renewed);
    checkout.backend.stream.send({
      ...pendingOrder,
      status: 'scanned',
      tokenUrl: 'https://evil.example',
    });
    await settle();
    expect(checkout.phase).to.equal('scanned');
    expect(checkout.order?.tokenUrl).to.equal(renewed);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['token-url-blocked']);
  });
});

describe('the end of an order’s time', () => {
  const inHalfAMinute = (checkout: OrderHarness, skew = 0) => {
    const now = () => checkout.clock.epoch() + skew;
    checkout.backend.now = now;
    checkout.backend.order = { ...checkout.backend.order, expiresAt: now() + 30_000 };
  };

  it('is counted on the server’s clock, whatever the phone’s says', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout, -3_600_000);
    await checkout.start();
    expect(checkout.controller.remaining).to.equal(30_000);
    await checkout.clock.advance(20_000);
    expect(checkout.controller.remaining).to.equal(10_000);
  });

  it('asks for a while before it says expired, and only lapses without the backend’s word', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    checkout.backend.stream.send(checkout.backend.answer());
    await checkout.clock.advance(30_000);
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.backend.count('status')).to.equal(1);
    await checkout.clock.advance(19_999);
    expect(checkout.phase).to.equal('awaiting');
    await checkout.clock.advance(1);
    expect(checkout.controller.state).to.include({ phase: 'expired', isLapsed: true });
    expect(checkout.backend.count('status')).to.be.at.least(5);
  });

  it('hears of a payment that was booked after that, and of nothing else', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    await checkout.clock.advance(120_000);
    expect(checkout.phase).to.equal('expired');
    checkout.backend.stream.send(checkout.backend.answer({ status: 'scanned' }));
    await settle();
    expect(checkout.phase).to.equal('expired');
    checkout.backend.stream.send(checkout.backend.answer({ status: 'paid' }));
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.clock.pending).to.equal(0);
  });

  it('asks once more before it stops listening', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    inHalfAMinute(checkout);
    await checkout.start();
    for (let i = 0; i < 34; i += 1) {
      await checkout.clock.advance(20_000);
      if (i === 5) checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
      if (checkout.phase === 'expired') checkout.backend.stream.comment();
    }
    expect(checkout.phase).to.equal('paid');
  });

  it('is not asked for more often than an open order while nobody knows better', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    inHalfAMinute(checkout);
    await checkout.start();
    await checkout.clock.advance(400_000);
    expect(checkout.backend.count('status')).to.be.below(115);
    expect(checkout.clock.pending).to.be.below(4);
  });

  it('is not moved back by an answer that is older', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    const old = checkout.backend.answer();
    await checkout.clock.advance(20_000);
    checkout.backend.stream.send(checkout.backend.answer());
    checkout.backend.stream.send(old);
    checkout.controller.adopt(old);
    await settle();
    expect(checkout.controller.remaining).to.equal(10_000);
  });

  it('ends quietly when a listener leaves as it lapses', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    checkout.onState = ({ phase }) => {
      if (phase === 'expired') checkout.controller.hostDisconnected();
    };
    await checkout.start();
    await checkout.clock.advance(120_000);
    expect(checkout.phase).to.equal('expired');
    expect(checkout.clock.pending).to.equal(0);
  });

  it('stops listening ten minutes later', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    await checkout.clock.advance(660_000);
    expect(checkout.controller.state.phase).to.equal('expired');
    expect(checkout.controller.state).to.not.have.property('isLapsed');
    expect(checkout.clock.pending).to.equal(0);
    expect(checkout.backend.stream.isAborted).to.equal(true);
  });

  it('is paid after all when the page says so of an order that was given up', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    inHalfAMinute(checkout);
    await checkout.start();
    await checkout.clock.advance(800_000);
    expect(checkout.phase).to.equal('expired');
    checkout.controller.adopt(checkout.backend.answer({ status: 'pending' }));
    await settle();
    expect(checkout.phase).to.equal('expired');
    checkout.controller.adopt(checkout.backend.answer({ status: 'paid' }));
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.clock.pending).to.equal(0);
  });

  it('is not decided by an answer that says nothing of this order', async () => {
    const odd = [
      { ...pendingOrder, status: 'AUTHORIZATION' },
      { ...pendingOrder, id: 'another', status: 'paid' },
    ];
    for (const answer of odd) {
      const checkout = new OrderHarness({}, { updates: 'poll' });
      inHalfAMinute(checkout);
      await checkout.start();
      checkout.backend.status = () => json(answer);
      await checkout.clock.advance(120_000);
      expect(checkout.phase).to.equal('awaiting');
      expect(checkout.errors).to.have.length(1);
      checkout.backend.status = () => json(checkout.backend.answer({ status: 'expired' }));
      await checkout.clock.advance(6000);
      expect(checkout.phase).to.equal('expired');
    }
  });

  it('may be a month away', async () => {
    const checkout = new OrderHarness({}, { updates: 'sse' });
    inHalfAMinute(checkout);
    checkout.backend.order = {
      ...checkout.backend.order,
      expiresAt: checkout.clock.epoch() + 30 * 86_400_000,
    };
    await checkout.start();
    checkout.backend.stream.send(checkout.backend.answer());
    await checkout.clock.advance(40_000);
    expect(checkout.backend.count('status')).to.equal(0);
    expect(checkout.phase).to.equal('awaiting');
  });

  it('shows a payment of the last second as paid', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    await checkout.clock.advance(29_000);
    checkout.backend.order = { ...checkout.backend.order, status: 'paid' };
    await checkout.clock.advance(1000);
    expect(checkout.phase).to.equal('paid');
  });

  it('says nothing while the backend cannot be asked', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    inHalfAMinute(checkout);
    await checkout.start();
    checkout.backend.status = offline;
    await checkout.clock.advance(300_000);
    expect(checkout.phase).to.equal('awaiting');
    checkout.backend.status = () => json(checkout.backend.answer({ status: 'paid' }));
    await checkout.clock.advance(6000);
    expect(checkout.phase).to.equal('paid');
  });

  it('moves when the backend moves it', async () => {
    const checkout = new OrderHarness();
    inHalfAMinute(checkout);
    await checkout.start();
    const { backend } = checkout;
    backend.order = { ...backend.order, expiresAt: checkout.clock.epoch() + 60_000 };
    backend.stream.send(backend.answer());
    await checkout.clock.advance(30_000);
    expect(checkout.backend.count('status')).to.equal(0);
    expect(checkout.controller.remaining).to.equal(30_000);
  });
});

describe('cancelling', () => {
  it('is decided by the backend’s answer', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    await checkout.controller.cancel();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'cancelled']);
    expect(checkout.backend.stream.isAborted).to.equal(true);
  });

  it('shows paid when the payment was faster', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.cancel = () => json({ ...pendingOrder, status: 'paid' });
    await checkout.controller.cancel();
    expect(checkout.phase).to.equal('paid');
  });

  it('keeps the order when it fails, and can be tried again', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    const { cancel } = checkout.backend;
    checkout.backend.cancel = offline;
    await checkout.controller.cancel();
    expect(checkout.phase).to.equal('awaiting');
    expect(checkout.controller.cancelling).to.equal('refused');
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['network']);
    checkout.backend.cancel = cancel;
    await checkout.controller.cancel();
    expect(checkout.phase).to.equal('cancelled');
  });

  it('is not lost when it is asked for as the order arrives', async () => {
    const checkout = new OrderHarness();
    const { controller } = checkout;
    checkout.onState = ({ phase }) => {
      if (phase === 'awaiting') void controller.cancel();
    };
    await checkout.start();
    expect(checkout.phase).to.equal('cancelled');
  });

  it('reads PayBy’s FAILURE as cancelled also when the stream says it first', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.cancel = silence;
    void checkout.controller.cancel();
    await settle();
    checkout.backend.stream.send({ ...pendingOrder, status: 'failed' });
    await settle();
    expect(checkout.phase).to.equal('cancelled');
  });

  it('reads PayBy’s FAILURE, passed through as the answer, as cancelled', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.backend.cancel = () =>
      json({
        head: { applyStatus: 'SUCCESS', code: '0' },
        body: {
          acquireOrder: {
            merchantOrderNo: pendingOrder.id,
            status: 'FAILURE',
            totalAmount: { amount: 12.34, currency: 'AED' },
            expiredTime: checkout.clock.epoch() + 60_000,
          },
        },
      });
    await checkout.controller.cancel();
    expect(checkout.phase).to.equal('cancelled');
  });
});

describe('leaving the page', () => {
  it('aborts everything, and comes back to the same order', async () => {
    const checkout = new OrderHarness({ expiresAt: Date.UTC(2027, 0) });
    await checkout.start();
    checkout.controller.hostDisconnected();
    await settle();
    expect(checkout.backend.stream.isAborted).to.equal(true);
    expect(checkout.clock.pending).to.equal(0);
    expect(checkout.listeners).to.equal(0);
    checkout.controller.hostConnected();
    await settle();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'paid']);
    expect(checkout.backend.count('create')).to.equal(1);
  });

  it('in the moment the order arrives leaves nothing running', async () => {
    const checkout = new OrderHarness();
    checkout.onState = ({ phase }) => {
      if (phase === 'awaiting') checkout.controller.hostDisconnected();
    };
    await checkout.start();
    expect(checkout.backend.count('events')).to.equal(0);
    expect(checkout.clock.pending).to.equal(0);
    expect(checkout.listeners).to.equal(0);
  });

  it('after paying by polling leaves no timer', async () => {
    const checkout = new OrderHarness({}, { updates: 'poll' });
    await checkout.start();
    checkout.backend.order = { ...pendingOrder, status: 'paid' };
    await checkout.clock.advance(2500);
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.clock.pending).to.equal(0);
  });

  it('follows an order it was given without creating one', async () => {
    const checkout = new OrderHarness();
    checkout.controller.adopt({ ...pendingOrder });
    await settle();
    checkout.backend.stream.send({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.backend.count('create')).to.equal(0);
  });

  it('takes the order it was given again for a report, never for a beginning', async () => {
    const checkout = new OrderHarness();
    const { controller } = checkout;
    controller.adopt({ ...pendingOrder });
    controller.adopt({ ...pendingOrder });
    await settle();
    controller.adopt({ ...pendingOrder });
    controller.adopt({ id: 5 });
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting']);
    expect(checkout.errors.map(({ code }) => code)).to.deep.equal(['order-invalid']);
    controller.adopt({ ...pendingOrder, status: 'paid' });
    controller.adopt({ ...pendingOrder });
    await settle();
    expect(checkout.phases).to.deep.equal(['creating', 'awaiting', 'paid']);
  });

  it('hears what the page says of its order while the element is away', async () => {
    const checkout = new OrderHarness();
    await checkout.start();
    checkout.controller.hostDisconnected();
    checkout.controller.adopt({ ...pendingOrder, status: 'paid' });
    await settle();
    expect(checkout.phase).to.equal('paid');
  });

  it('takes anything for an order that the page may set, and throws nothing at it', async () => {
    const checkout = new OrderHarness();
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const odd of [circular, { id: 5n }, Symbol('x'), () => {}, 5]) {
      checkout.controller.adopt(odd);
      checkout.controller.adopt(odd);
      await settle();
      expect(checkout.phase).to.equal('error');
    }
  });

  it('shows how an order ended whatever its links and the endpoint are', async () => {
    const checkout = new OrderHarness({}, { endpoint: '' });
    const over = { ...pendingOrder, status: 'paid', tokenUrl: 'https://evil.example/' };
    checkout.controller.adopt(over);
    await settle();
    expect(checkout.phase).to.equal('paid');
    expect(checkout.order?.tokenUrl).to.equal(undefined);
  });
});
