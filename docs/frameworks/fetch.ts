import { checkout } from './checkout.ts';

export default { fetch: checkout.fetch, port: Number(process.env.PORT ?? 3000) };
