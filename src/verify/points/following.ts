/** What must hold while an order is followed to its end. */
import type { Point } from './point.ts';

export const followingPoints = {
  'events-open': {
    group: 'Events',
    title: 'opens an event stream',
    expected: '200 with Content-Type text/event-stream',
    mend: 'Answer text/event-stream, or 404 when you offer no events: the element polls then.',
  },
  'events-first': {
    group: 'Events',
    title: 'the first message is the order, within 5 s',
    expected: 'a message whose data is the order, within 5 s',
    mend: 'Write "data: " and the order as one line of JSON, then an empty line, as soon as the stream opens.',
  },
  'events-unbuffered': {
    group: 'Events',
    title: 'messages are not held back',
    expected: 'messages as they are written, while the stream is open',
    mend: 'Flush after each message; send X-Accel-Buffering: no, and do not compress event streams.',
  },
  'events-heartbeat': {
    group: 'Events',
    title: 'says something at least every 20 s',
    expected: 'a comment or a message at least every 20 s',
    mend: 'Write ":" and two line ends every 15 s.',
  },
  'events-end': {
    group: 'Events',
    title: 'tells the final status, then ends',
    expected: 'a message with the final status, and the end of the stream within 10 s of it',
    mend: 'Watch the order while the stream is open, write its final status, and close.',
  },
  'events-after': {
    group: 'Events',
    title: 'a stream of a finished order tells so and ends',
    expected: 'one message with the final status, and the end of the stream within 5 s',
    mend: 'Write the order when the stream opens, and close at once when its status is final.',
  },
  cancel: {
    group: 'Cancel',
    title: 'answers the order, cancelled',
    expected: '200 with the order, cancelled',
    mend: 'Send cancelOrder to PayBy, and answer the order as it is then.',
  },
  'cancel-again': {
    group: 'Cancel',
    title: 'cancelling again changes nothing',
    expected: '200 with the order, as before',
    mend: 'Answer the order as it is when it is final already; do not ask PayBy again.',
  },
  'final-stays': {
    group: 'Cancel',
    title: 'a final status stays',
    expected: '200 with the final status of before',
    mend: 'Let no write move an order out of a final status.',
  },
} as const satisfies Record<string, Point>;
