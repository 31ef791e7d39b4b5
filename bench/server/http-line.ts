/** A connection that sends one request after the other: the cheapest client that is one. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Reply {
  status: number;
  body: string;
}

export class HttpLine {
  readonly #socket: Socket;
  #text = '';
  #told: (() => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => {
      this.#text += text;
      this.#told?.();
    });
    this.#socket.on('error', (cause) => {
      throw cause;
    });
  }

  async ready(): Promise<void> {
    if (this.#socket.connecting) await once(this.#socket, 'connect');
  }

  /** Posts JSON; resolves with the answer, which must say its length. */
  async post(path: string, body: string, headers: readonly string[] = []): Promise<Reply> {
    this.#socket.write(head('POST', path, body, headers));
    return this.#reply();
  }

  /** Asks for an event stream; resolves once its first message is here. */
  async watch(path: string): Promise<void> {
    this.#text = '';
    this.#socket.write(head('GET', path));
    while (!this.#text.includes('data: ')) await this.#more();
    if (!this.#text.startsWith('HTTP/1.1 200')) throw new Error(this.#text);
  }

  /** Resolves when the stream said `text`; afterwards another request can be sent. */
  async hears(text: string): Promise<void> {
    while (!this.#text.includes(text)) await this.#more();
  }

  /** Resolves once the stream has ended. */
  async ends(): Promise<void> {
    while (!this.#text.endsWith('\r\n0\r\n\r\n')) await this.#more();
  }

  close(): void {
    this.#socket.destroy();
  }

  async #reply(): Promise<Reply> {
    for (;;) {
      const end = this.#text.indexOf('\r\n\r\n') + 4;
      const length = /\r\ncontent-length: (\d+)/i.exec(this.#text)?.[1];
      if (end > 3 && length && Buffer.byteLength(this.#text.slice(end)) >= Number(length)) {
        const reply = { status: Number(this.#text.slice(9, 12)), body: this.#text.slice(end) };
        this.#text = '';
        return reply;
      }
      await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }
}

function head(method: string, path: string, body?: string, headers: readonly string[] = []) {
  const content = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = ['Host: shop.example', 'Content-Type: application/json', ...headers, ...content];
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}
