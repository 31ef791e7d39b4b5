import { createServer } from 'node:http';
import { nodeListener } from 'payby-checkout/server/node';
import { checkout } from './checkout.ts';

const payby = nodeListener(checkout);

// A client that never ends its headers or its body is closed; an event stream may take as long as it likes.
const patience = { headersTimeout: 10_000, requestTimeout: 30_000 };

const server = createServer(patience, (request, response) => {
  if (request.url?.startsWith('/api/payby/')) return payby(request, response);
  response.writeHead(404).end();
});

server.listen(Number(process.env.PORT ?? 3000));
