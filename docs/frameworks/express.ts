import express from 'express';
import { nodeListener } from 'payby-checkout/server/node';
import { checkout } from './checkout.ts';

const app = express();

// Before express.json(): PayBy signs the bytes of its notifications, and a parsed body has none.
app.use('/api/payby', nodeListener(checkout));

app.use(express.json());
app.post('/api/echo', (request, response) => {
  response.json(request.body);
});

const server = app.listen(Number(process.env.PORT ?? 3000));
server.headersTimeout = 10_000;
server.requestTimeout = 30_000;
