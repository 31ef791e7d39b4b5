import type { KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { ProtocolError, parse } from '../../protocol.ts';
import { isSignedBy } from '../keys.ts';
import { Refusal } from '../wire/return-codes.ts';
import { isWhitelisted } from './ip-whitelist.ts';

/** How far a request's clock may be off, either way, ms. */
const clockWindow = 15 * 60_000;

/** A request as it came in, nothing of it trusted yet. */
export interface SignedRequest {
  partnerId: string | undefined;
  sign: string | undefined;
  contentType: string | undefined;
  body: Uint8Array;
  /** The sender's IP address, where there is a socket. */
  remoteAddress?: string;
}

/** What a request has to agree with. */
export interface Expected {
  partnerId: string;
  merchantPublicKey: KeyObject;
  /** The IP whitelist: addresses, subnets like `10.0.0.0/8`, or `*`. Everybody when absent. */
  allowedIps?: readonly string[];
  /** Epoch ms. */
  now: number;
}

/** A request whose sender, signature and clock are in order. */
export interface ApiRequest {
  /** Epoch ms. */
  requestTime: number;
  bizContent: unknown;
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

// PayBy's documentation sends epoch ms; its PHP SDK sends RFC 3339, and adds a partnerId.
const envelope = v.looseObject({
  requestTime: v.union([
    v.pipe(v.number(), v.integer(), v.minValue(0)),
    v.pipe(v.string(), v.regex(rfc3339), v.transform(Date.parse), v.integer()),
  ]),
  bizContent: v.looseObject({}),
});

/**
 * Opens a request in the gateway's order: partner, address, signature over the raw bytes, JSON, clock.
 *
 * @throws Refusal at the first check that fails
 */
export function openRequest(request: SignedRequest, expected: Expected): ApiRequest {
  if (request.partnerId !== expected.partnerId) {
    const got = request.partnerId === undefined ? 'missing' : `"${request.partnerId}" unknown`;
    throw new Refusal('UNAUTHORIZED', `header Partner-Id ${got}`);
  }
  if (expected.allowedIps && !isWhitelisted(request.remoteAddress, expected.allowedIps)) {
    const address = request.remoteAddress ?? 'of the sender, which is unknown,';
    throw new Refusal('UNAUTHORIZED', `address ${address} is not in the IP whitelist`);
  }
  if (!isSignedBy(request.body, request.sign ?? '', expected.merchantPublicKey)) {
    const detail = 'header sign does not fit the body; sign the exact bytes you send';
    throw new Refusal('UNAUTHORIZED', detail, 'ERROR');
  }
  if (!/^application\/json\s*(;|$)/i.test(request.contentType ?? '')) {
    throw new Refusal('INVALID_PARAMETER', 'header Content-Type is not application/json');
  }
  const { requestTime, bizContent } = validate(envelope, readJson(request.body), 'request');
  if (requestTime < expected.now - clockWindow) throw new Refusal('REQUESTTIME_TOO_EARLY');
  if (requestTime > expected.now + clockWindow) throw new Refusal('REQUESTTIME_TOO_LATER');
  return { requestTime, bizContent };
}

/**
 * `value` as the schema describes it.
 *
 * @throws Refusal INVALID_PARAMETER naming the first field that is wrong
 */
export function validate<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  name: string,
): v.InferOutput<Schema> {
  try {
    return parse(schema, value, name);
  } catch (cause) {
    if (cause instanceof ProtocolError) throw new Refusal('INVALID_PARAMETER', cause.message);
    throw cause;
  }
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal('INVALID_PARAMETER', 'body is not JSON in UTF-8');
  }
}
