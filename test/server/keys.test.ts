import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importPrivateKey, importPublicKey } from '../../src/server/index.ts';
import { makeKeys } from '../support/keys.ts';

const keys = makeKeys();

/** No message may carry a piece of a key. */
function assertSilent(message: string) {
  const texts = Object.values(keys).map((text) => text.replace(/-----.*?-----|\s/g, ''));
  for (const text of texts) {
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

  it('recognises PKCS#1 without its label, too', async () => {
    const bare = keys.privatePkcs1Pem.replace(/-----.*?-----/g, '');
    await assert.rejects(importPrivateKey(bare), refusal(/openssl pkcs8 -topk8 -nocrypt/));
  });

  it('tells that the wrong half of a pair was passed', async () => {
    await assert.rejects(importPrivateKey(keys.publicPem), refusal(/"BEGIN PUBLIC KEY"/));
    await assert.rejects(importPublicKey(keys.privatePem), refusal(/"BEGIN PRIVATE KEY"/));
  });

  it('refuses what is no key, without repeating it', async () => {
    await assert.rejects(importPrivateKey(''), refusal(/missing/));
    await assert.rejects(importPrivateKey('not a key!'), refusal(/neither PEM nor Base64/));
    await assert.rejects(
      importPrivateKey(keys.privateBase64.slice(0, 400)),
      refusal(/is not an RSA key/),
    );
  });
});
