/** How the demo is to run, from environment variables. */

/** A gateway to pay at: the sandbox, or PayBy's own with a merchant's keys. */
export type Gateway =
  | { kind: 'sandbox'; port: number }
  | {
      kind: 'payby';
      environment: string;
      partnerId: string;
      privateKeyFile: string;
      publicKeyFile: string;
    };

export interface DemoConfig {
  host: string;
  port: number;
  /** Where people on this machine find the shop page. */
  pageUrl: string;
  /** Where the gateway reaches this server, without a slash at its end. */
  publicUrl: string;
  /** How long an order can be paid, ms; the kit's own default when absent. */
  orderLifetime?: number;
  gateway: Gateway;
}

/** What to listen on so that this machine's browsers find it at localhost. */
const localHosts: ReadonlySet<string> = new Set(['127.0.0.1', '0.0.0.0', '::', '::1']);

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error naming the variable that is missing or wrong */
export function readConfig(env: Environment): DemoConfig {
  const host = env.HOST || '127.0.0.1';
  const port = readPort(env, 'PORT', 5173);
  const environment = env.PAYBY_ENVIRONMENT || 'sandbox';
  const lifetime = readSeconds(env, 'ORDER_LIFETIME');
  const pageUrl = `http://${localHosts.has(host) ? 'localhost' : host}:${port}`;
  const common = {
    host,
    port,
    pageUrl,
    ...(lifetime !== undefined && { orderLifetime: lifetime }),
  };
  if (environment === 'sandbox') {
    return {
      ...common,
      publicUrl: `http://127.0.0.1:${port}`,
      gateway: { kind: 'sandbox', port: readPort(env, 'SANDBOX_PORT', 4010) },
    };
  }
  if (environment !== 'uat' && environment !== 'production') {
    throw new Error(
      `PAYBY_ENVIRONMENT "${environment}" is unknown; use sandbox, uat or production.`,
    );
  }
  return {
    ...common,
    publicUrl: readUrl(env, 'PUBLIC_URL'),
    gateway: {
      kind: 'payby',
      environment,
      partnerId: need(env, 'PAYBY_PARTNER_ID', 'your merchant id at PayBy'),
      privateKeyFile: need(env, 'PAYBY_PRIVATE_KEY_FILE', 'the file with your private key'),
      publicKeyFile: need(env, 'PAYBY_PUBLIC_KEY_FILE', 'the file with PayBy’s public key'),
    },
  };
}

function need(env: Environment, name: string, what: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is missing: with PAYBY_ENVIRONMENT set, set it to ${what}.`);
}

function readUrl(env: Environment, name: string): string {
  const value = need(
    env,
    name,
    'the address PayBy reaches this server at, such as https://shop.example',
  );
  if (URL.canParse(value) && /^https?:/.test(value)) return value.replace(/\/+$/, '');
  throw new Error(
    `${name} "${value}" is not an http(s) URL; use one such as https://shop.example.`,
  );
}

function readPort(env: Environment, name: string, fallback: number): number {
  const value = env[name];
  if (!value) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} "${value}" is not a port; use a number from 1 to 65535.`);
}

/** Whole seconds as ms; undefined when not set. */
function readSeconds(env: Environment, name: string): number | undefined {
  const value = env[name];
  if (!value) return undefined;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value) * 1000;
  throw new Error(`${name} "${value}" is not a number of seconds; use one such as 20.`);
}
