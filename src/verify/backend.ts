/** A backend under test: the contract's calls, as the element makes them. */

import { type OrderUrls, orderUrls } from '../order/order-urls.ts';
import type { Order } from '../protocol.ts';
import type { Answer } from './answer.ts';
import { ask, type Question } from './ask.ts';
import { type Listening, listen } from './listen.ts';
import type { Settings } from './settings.ts';

export interface CreateOptions {
  /** Fields that replace or go beside those of the contract. */
  body?: Readonly<Record<string, unknown>>;
  /** The body word for word, in place of JSON. */
  raw?: string;
  contentType?: string;
}

export interface BackendUnderTest {
  create(key: string, options?: CreateOptions): Promise<Answer>;
  status(order: Order): Promise<Answer>;
  cancel(order: Order): Promise<Answer>;
  events(order: Order): Promise<Listening>;
  /** The order's URLs; those below the endpoint where it names some that are not allowed. */
  urlsOf(order: Order): OrderUrls;
  /** Anything else, below the endpoint: `path` is put after it as it is. */
  send(method: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** @param seen hears of every answer */
export function backendUnderTest(
  settings: Settings,
  seen: (answer: Answer) => void,
): BackendUnderTest {
  const { endpoint, reference, details, fetch, timeout } = settings;

  async function call(question: Question, limit = timeout): Promise<Answer> {
    const headers = { accept: 'application/json', ...settings.headers, ...question.headers };
    const answer = await ask(fetch, { ...question, headers }, limit);
    seen(answer);
    return answer;
  }

  function urlsOf(order: Order): OrderUrls {
    try {
      return orderUrls(order, endpoint.href, endpoint.href);
    } catch {
      return orderUrls({ id: order.id, status: order.status }, endpoint.href, endpoint.href);
    }
  }

  return {
    urlsOf,
    create(key, { body, raw, contentType = 'application/json' } = {}) {
      const wish = { paySceneCode: 'DYNQR', reference, details, ...body };
      const headers = { 'content-type': contentType, 'idempotency-key': key };
      const question = {
        method: 'POST',
        url: endpoint,
        headers,
        body: raw ?? JSON.stringify(wish),
      };
      return call(question, 3 * timeout);
    },
    status: (order) => call({ method: 'GET', url: urlsOf(order).status }),
    cancel: (order) => call({ method: 'POST', url: urlsOf(order).cancel }, 3 * timeout),
    events: (order) =>
      listen(
        fetch,
        {
          method: 'GET',
          url: urlsOf(order).events,
          headers: { ...settings.headers, accept: 'text/event-stream' },
        },
        timeout,
      ),
    send(method, path, headers = {}) {
      const url = new URL(endpoint);
      url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`;
      return call({ method, url, headers });
    },
  };
}

/** A key for one attempt to pay, as random as the element's. */
export const newKey = (): string => crypto.randomUUID();
