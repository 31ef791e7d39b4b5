import assert from 'node:assert/strict';
import {
  createPrivateKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  sign as signWithNode,
} from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  importPrivateKey,
  importPublicKey,
  sign,
  signTestNotification,
  verify,
} from '../../src/server/index.ts';
import { makeKeys } from '../support/keys.ts';

const keys = makeKeys();
const privateKey = await importPrivateKey(keys.privatePem);
const publicKey = await importPublicKey(keys.publicPem);
const samples = new URL('../support/samples/', import.meta.url);

describe('signatures', () => {
  it('agree with another implementation on the bytes of every sample', async () => {
    for (const name of readdirSync(samples)) {
      const bytes = new Uint8Array(readFileSync(new URL(name, samples)));
      const ours = await sign(bytes, privateKey);
      const verified = createVerify('RSA-SHA256')
        .update(bytes)
        .verify(keys.publicPem, ours, 'base64');
      assert.ok(verified, `${name}: node:crypto does not take the kit's signature`);
      const theirs = createSign('RSA-SHA256').update(bytes).sign(keys.privatePem, 'base64');
      assert.ok(
        await verify(bytes, theirs, publicKey),
        `${name}: the kit does not take node:crypto's`,
      );
    }
  });

  it('cover the number as it is written: 200.00 is not 200', async () => {
    const written = new TextEncoder().encode('{"amount":200.00}');
    const rewritten = new TextEncoder().encode('{"amount":200}');
    const signature = await sign(written, privateKey);
    assert.ok(await verify(written, signature, publicKey));
    assert.ok(!(await verify(rewritten, signature, publicKey)));
  });

  it('fail for any flipped byte', async () => {
    const bytes = new TextEncoder().encode('{"acquireOrder":{"status":"CREATED"}}');
    const signature = await sign(bytes, privateKey);
    for (const at of bytes.keys()) {
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ 1);
      assert.ok(!(await verify(flipped, signature, publicKey)), `byte ${at}`);
    }
  });

  it('are told apart with a key that may not be exported, as with any other', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const { buffer } = new Uint8Array(Buffer.from(keys.publicBase64, 'base64'));
    const sealed = await crypto.subtle.importKey('spki', buffer, algorithm, false, ['verify']);
    const bytes = new TextEncoder().encode('{"amount":200.00}');
    const signature = await sign(bytes, privateKey);
    for (const key of [publicKey, sealed]) {
      assert.equal(await verify(bytes, signature, key), true);
      assert.equal(await verify(bytes.with(0, 0), signature, key), false);
      assert.equal(await verify(bytes, btoa('x'.repeat(256)), key), false);
      assert.equal(await verify(bytes, btoa('short'), key), false);
    }
  });

  it('are refused by a key that is for others, as WebCrypto does', async () => {
    const { publicKey: foreign, privateKey: signer } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    const { buffer } = new Uint8Array(foreign.export({ type: 'spki', format: 'der' }));
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('spki', buffer, algorithm, true, ['verify']);
    const bytes = new TextEncoder().encode('{"amount":200.00}');
    const signature = signWithNode('SHA256', bytes, signer).toString('base64');
    await assert.rejects(verify(bytes, signature, key), { name: 'InvalidAccessError' });
    await assert.rejects(verify(bytes, await sign(bytes, privateKey), privateKey));
  });

  it('are not taken by keys of RSA that are for something else', async () => {
    const spki = new Uint8Array(Buffer.from(keys.publicBase64, 'base64')).buffer;
    const pkcs8 = createPrivateKey(keys.privatePem).export({ type: 'pkcs8', format: 'der' });
    const bytes = new TextEncoder().encode('{"amount":200.00}');
    const signature = await sign(bytes, privateKey);
    const of = (name: string, hash: string) => ({ name, hash });
    const { subtle } = crypto;
    const pss = await subtle.importKey('spki', spki, of('RSA-PSS', 'SHA-256'), true, ['verify']);
    await assert.rejects(verify(bytes, signature, pss), { name: 'InvalidAccessError' });
    const mine = of('RSASSA-PKCS1-v1_5', 'SHA-256');
    const secret = await subtle.importKey('pkcs8', new Uint8Array(pkcs8), mine, true, ['sign']);
    await assert.rejects(verify(bytes, signature, secret), { name: 'InvalidAccessError' });
    const longer = of('RSASSA-PKCS1-v1_5', 'SHA-512');
    const sha512 = await subtle.importKey('spki', spki, longer, true, ['verify']);
    assert.equal(await verify(bytes, signature, sha512), false);
    const theirs = createSign('RSA-SHA512').update(bytes).sign(keys.privatePem, 'base64');
    assert.equal(await verify(bytes, theirs, sha512), true);
    assert.equal(await verify(bytes, theirs, publicKey), false);
  });

  it('are checked on this thread where Node has the key, and by WebCrypto where not', async () => {
    const bytes = new TextEncoder().encode('{"amount":200.00}');
    const signature = await sign(bytes, privateKey);
    const spki = new Uint8Array(Buffer.from(keys.publicBase64, 'base64')).buffer;
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const sealed = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
    const { subtle } = crypto;
    const verifyThere = subtle.verify.bind(subtle);
    let asked = 0;
    subtle.verify = (...call) => {
      asked += 1;
      return verifyThere(...call);
    };
    try {
      assert.equal(await verify(bytes, signature, publicKey), true);
      assert.equal(asked, 0);
      assert.equal(await verify(bytes, signature, sealed), true);
      assert.equal(asked, 1);
    } finally {
      Reflect.deleteProperty(subtle, 'verify');
    }
  });

  it('have one spelling: with their padding, without white space, and no bits to spare', async () => {
    const bytes = new TextEncoder().encode('{"amount":200.00}');
    const signature = await sign(bytes, privateKey);
    assert.match(signature, /[^=]==$/);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = letters.indexOf(signature.at(-3) ?? '');
    const others = [
      signature.slice(0, -2),
      ` ${signature}`,
      `${signature}\n`,
      `${signature.slice(0, 76)}\r\n${signature.slice(76)}`,
      `${signature.slice(0, -3)}${letters[last + 1]}==`,
    ];
    for (const other of others) {
      assert.equal(await verify(bytes, other, publicKey), false, JSON.stringify(other));
    }
    assert.equal(await verify(bytes, signature, publicKey), true);
  });

  it('that are missing or junk are not signatures, and nothing is thrown', async () => {
    const bytes = new TextEncoder().encode('{}');
    for (const junk of [null, undefined, '', '!!', 'AAAA', 'ünïcode', 'x'.repeat(10_000)]) {
      assert.equal(await verify(bytes, junk, publicKey), false);
    }
  });

  it('can be made for test notifications, over text or a value', async () => {
    for (const [notification, text] of [
      ['{"amount":200.00}', '{"amount":200.00}'],
      [{ amount: 200 }, '{"amount":200}'],
    ] as const) {
      const { body, headers } = await signTestNotification(notification, privateKey);
      assert.equal(body, text);
      assert.equal(headers['content-type'], 'application/json');
      assert.ok(await verify(new TextEncoder().encode(body), headers.sign, publicKey));
    }
  });
});
