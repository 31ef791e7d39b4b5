/**
 * The least that any Node server does for an order: two HTTP exchanges, a signature made and one checked,
 * the JSON between them. It keeps nothing and checks nothing; what the kit does beyond is the kit's.
 */
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import { importPrivateKey, importPublicKey, sign, verify } from '../../src/server/index.ts';
import type { KitOptions } from './kit.ts';

export async function bareShop(options: KitOptions): Promise<Server> {
  const { gateway, partnerId } = options;
  const privateKey = await importPrivateKey(options.privateKey);
  const paybyPublicKey = await importPublicKey(options.paybyPublicKey);
  const agent = new Agent({ keepAlive: true });
  let serial = 0;

  async function placeOrder(subject: string): Promise<string> {
    serial += 1;
    const requestTime = Date.now();
    const bizContent = {
      merchantOrderNo: `bare-${process.pid}-${serial}`,
      subject,
      totalAmount: { amount: 12.34, currency: 'AED' },
      expiredTime: requestTime + 3_600_000,
      notifyUrl: 'https://shop.example/api/payby/notify',
      paySceneCode: 'DYNQR',
    };
    const body = new Uint8Array(Buffer.from(JSON.stringify({ requestTime, bizContent })));
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'partner-id': partnerId,
      sign: await sign(body, privateKey),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const url = `${gateway}/acquire2/placeOrder`;
      request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(body);
    });
    const bytes = await read(answer);
    if (!(await verify(bytes, String(answer.headers.sign), paybyPublicKey))) {
      throw new Error('the gateway signs with another key');
    }
    return JSON.parse(Buffer.from(bytes).toString()).body.acquireOrder.merchantOrderNo;
  }

  return createServer(async (incoming, outgoing) => {
    const { reference } = JSON.parse(Buffer.from(await read(incoming)).toString());
    const text = JSON.stringify({ id: await placeOrder(`Cart ${reference}`), status: 'pending' });
    const headers = { 'content-type': 'application/json', 'content-length': text.length };
    outgoing.writeHead(201, headers).end(text);
  });
}

function read(message: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    message.on('error', reject);
  });
}
