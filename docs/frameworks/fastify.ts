import fastify from 'fastify';
import { nodeListener } from 'payby-checkout/server/node';
import { checkout } from './checkout.ts';

const app = fastify({ http: { headersTimeout: 10_000 }, requestTimeout: 30_000 });

app.register(async (scope) => {
  // In this scope no body is parsed: PayBy signs the bytes of its notifications.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const payby = nodeListener(checkout);
  scope.all('/api/payby/*', (request, reply) => {
    reply.hijack();
    payby(request.raw, reply.raw);
  });
});

app.post('/api/echo', async (request) => request.body);

await app.listen({ port: Number(process.env.PORT ?? 3000) });
