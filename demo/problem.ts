/** An RFC 9457 problem, as the wire contract wants errors. The customer reads the detail of a 4xx. */
export const problem = (status: number, code: string, detail: string): Response =>
  new Response(JSON.stringify({ status, code, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
