/** What must hold when something is asked for, also what is wrong. */
import type { Point } from './point.ts';

export const askingPoints = {
  status: {
    group: 'Status',
    title: 'answers the order as it is',
    expected: '200 with the same id, an open status and the same amount',
    mend: 'Answer GET {endpoint}/{id} from your books, in the form that create answers.',
  },
  'unknown-order': {
    group: 'Status',
    title: 'an order that does not exist is 404',
    expected: '404',
    mend: 'Answer 404 for status, events and cancel of an id that you do not know.',
  },
  'no-hint': {
    group: 'Status',
    title: 'a 404 does not tell a wrong id from a missing order',
    expected: 'the same answer for an id of any form',
    mend: 'Answer one and the same 404 for every id you cannot show, also for other people’s orders.',
  },
  'odd-ids': {
    group: 'Status',
    title: 'odd ids are refused calmly',
    expected: 'a 4xx for ../, %00, broken escapes and 10 kB',
    mend: 'Check the id against its own pattern before it meets a file, a query or a log.',
  },
  'content-type': {
    group: 'Refusals',
    title: 'a create that is not application/json is refused',
    expected: '415',
    mend: 'Check Content-Type first: text/plain may be sent by any other site without a preflight.',
  },
  'broken-json': {
    group: 'Refusals',
    title: 'broken JSON is refused',
    expected: '400',
    mend: 'Catch what the parser throws, and answer 400.',
  },
  'large-body': {
    group: 'Refusals',
    title: 'a body above 64 kB is refused',
    expected: '413 or 400',
    mend: 'Limit the body to 64 kB before it is parsed.',
  },
  method: {
    group: 'Refusals',
    title: 'another method is 405',
    expected: '405 with an Allow header',
    mend: 'Answer 405, and name the methods that are there in Allow.',
  },
  'get-cancel': {
    group: 'Refusals',
    title: 'a GET cancels nothing',
    expected: 'the order still open after GET {endpoint}/{id}/cancel',
    mend: 'Route cancel to POST only: previews and prefetchers follow links.',
  },
  'problem-json': {
    group: 'Refusals',
    title: 'errors are application/problem+json with a code',
    expected: 'Content-Type application/problem+json and a "code" for every error',
    mend: 'Answer {"status", "code", "detail"} as application/problem+json; turn off the framework’s HTML pages.',
  },
  alive: {
    group: 'Refusals',
    title: 'all of this leaves the server up',
    expected: 'the status of the order, as before',
    mend: 'Look in the server’s log for what ended it; no request may.',
  },
} as const satisfies Record<string, Point>;
