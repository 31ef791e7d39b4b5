// app/api/payby/[...path]/route.ts
import { checkout } from '../checkout.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> => checkout.fetch(request);
export const POST = (request: Request): Promise<Response> => checkout.fetch(request);
