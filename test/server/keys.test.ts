import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { importPrivateKey, importPublicKey } from '../../src/server/index.ts';
import { makeKeys } from '../support/keys.ts';

const keys = makeKeys();
const bare = (pem: string) => pem.replace(/-----.*?-----|\s/g, '');
const pem = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** No message may carry a piece of a key. */
function assertSilent(message: string) {
  for (const text of Object.values(keys).map(bare)) {
    for (let at = 0; at + 16 <= text.length; at += 16) {
      assert.ok(!message.includes(text.slice(at, at + 16)), 'the message repeats the key');
    }
  }
}

const refusal = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof TypeError);
  assert.match(error.message, pattern);
  assertSilent(error.message);
  return true;
};

describe('keys', () => {
  it('imports a private key as PEM, bare Base64, wrapped Base64 and PEM with escaped line ends', async () => {
    const wrapped = keys.privateBase64.replace(/.{64}/g, '$&\r\n  ');
    const escaped = keys.privatePem.replaceAll('\n', '\\n');
    for (const text of [keys.privatePem, keys.privateBase64, wrapped, escaped]) {
      assert.equal((await importPrivateKey(text)).type, 'private');
    }
  });

  it('imports a public key in the same forms', async () => {
    const wrapped = `\n${keys.publicBase64.replace(/.{64}/g, '$&\n')}\n`;
    for (const text of [keys.publicPem, keys.publicBase64, wrapped]) {
      assert.equal((await importPublicKey(text)).type, 'public');
    }
  });

  it('names the openssl command for PKCS#1 and encrypted keys', async () => {
    const toPkcs8 = /openssl pkcs8 -topk8 -nocrypt -in/;
    await assert.rejects(importPrivateKey(keys.privatePkcs1Pem), refusal(toPkcs8));
    await assert.rejects(importPrivateKey(keys.encryptedPem), refusal(toPkcs8));
    await assert.rejects(
      importPublicKey(keys.publicPkcs1Pem),
      refusal(/openssl rsa -RSAPublicKey_in/),
    );
  });

  it('recognises the same forms without their labels, and says how to get at the bytes', async () => {
    const unwrapped =
      /convert it: openssl base64 -d -A -in key\.txt \| openssl pkcs8 -topk8 -nocrypt -inform DER -out private-key\.pem\nSee /;
    for (const form of [keys.privatePkcs1Pem, keys.encryptedPem]) {
      await assert.rejects(importPrivateKey(bare(form)), refusal(unwrapped));
      await assert.rejects(importPrivateKey(pem('PRIVATE KEY', bare(form))), refusal(unwrapped));
    }
    await assert.rejects(
      importPublicKey(bare(keys.publicPkcs1Pem)),
      refusal(/\| openssl rsa -RSAPublicKey_in -pubout -inform DER -out public-key\.pem\nSee /),
    );
  });

  it('names the form that was passed, labelled or not', async () => {
    for (const [text, label] of [
      [keys.privatePkcs1Pem, 'RSA PRIVATE KEY'],
      [keys.encryptedPem, 'ENCRYPTED PRIVATE KEY'],
      [keys.publicPem, 'PUBLIC KEY'],
      [keys.publicPkcs1Pem, 'RSA PUBLIC KEY'],
    ] as const) {
      const named = new RegExp(
        `^privateKey is "BEGIN ${label}", but "BEGIN PRIVATE KEY" is needed`,
      );
      await assert.rejects(importPrivateKey(text), refusal(named));
      await assert.rejects(importPrivateKey(bare(text)), refusal(named));
    }
    const certificate = /^paybyPublicKey is "BEGIN CERTIFICATE".*openssl x509 -pubkey -noout -in/;
    await assert.rejects(
      importPublicKey(pem('CERTIFICATE', keys.publicBase64)),
      refusal(certificate),
    );
  });

  it('says of a key of an elliptic curve that PayBy’s are RSA', async () => {
    const rsa = /PayBy's keys are RSA; pass the right file\nSee .*troubleshooting\.md#keys$/;
    for (const type of ['pkcs8', 'sec1'] as const) {
      const text = String(curve.privateKey.export({ type, format: 'pem' }));
      await assert.rejects(importPrivateKey(text), refusal(rsa));
      await assert.rejects(importPrivateKey(bare(text)), refusal(rsa));
    }
    const text = String(curve.publicKey.export({ type: 'spki', format: 'pem' }));
    await assert.rejects(importPublicKey(text), refusal(rsa));
    await assert.rejects(importPublicKey(bare(text)), refusal(rsa));
  });

  it('tells that the wrong half of a pair was passed', async () => {
    await assert.rejects(importPrivateKey(keys.publicPem), refusal(/"BEGIN PUBLIC KEY"/));
    await assert.rejects(importPublicKey(keys.privatePem), refusal(/"BEGIN PRIVATE KEY"/));
  });

  it('refuses what is no key, without repeating it', async () => {
    await assert.rejects(importPrivateKey(''), refusal(/missing/));
    await assert.rejects(importPrivateKey('not a key!'), refusal(/neither PEM nor Base64/));
    const cut = [400, 40, 8, 4].map((length) => keys.privateBase64.slice(0, length));
    for (const text of [...cut, 'AAAA', 'MIIB', btoa('0\x84\xff\xff\xff\xff')]) {
      await assert.rejects(importPrivateKey(text), refusal(/^privateKey is not an RSA key/));
      await assert.rejects(importPublicKey(text), refusal(/^paybyPublicKey is/));
    }
  });
});
