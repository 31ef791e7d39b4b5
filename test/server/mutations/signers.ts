/** What is signed, but not by PayBy for this shop, or not the way PayBy signs. */
import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  privateEncrypt,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import { keys } from '../support/shop.ts';
import { type Bytes, bytesOf, letter, signatureOf, signed } from './letter.ts';
import type { MutationClass } from './mutation.ts';
import { payeeMid, type Role, roles } from './scene.ts';
import { genuine, money, payment, refund } from './texts.ts';

type Signer = (body: Bytes) => string | undefined;

const payby = createPrivateKey(keys.payby.privatePem);
const merchant = createPrivateKey(keys.merchant.privatePem);
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
/** PayBy has a key of its own for every merchant. */
const otherMerchants = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const large = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const edwards = generateKeyPairSync('ed25519').privateKey;

const by = (hash: string | null, key: Parameters<typeof sign>[2]) => (body: Bytes) =>
  sign(hash, body, key).toString('base64');

const pss: SignKeyObjectInput = { key: payby, padding: constants.RSA_PKCS1_PSS_PADDING };

const hmac = (secret: string) => (body: Bytes) =>
  createHmac('sha256', secret).update(body).digest('base64');

const digest = (body: Bytes) => createHash('sha256').update(body).digest();

const signers: Readonly<Record<string, Signer>> = {
  nobody: () => undefined,
  'an empty word': () => '',
  'the merchant’s own key': by('RSA-SHA256', merchant),
  'a foreign key': by('RSA-SHA256', foreign),
  'another merchant’s PayBy key': by('RSA-SHA256', otherMerchants),
  'a small key': by('RSA-SHA256', small),
  'a large key': by('RSA-SHA256', large),
  'an elliptic key': by('SHA256', elliptic),
  'an Edwards key': by(null, edwards),
  'PayBy’s key over SHA-1': by('RSA-SHA1', payby),
  'PayBy’s key over SHA-384': by('RSA-SHA384', payby),
  'PayBy’s key over SHA-512': by('RSA-SHA512', payby),
  'PayBy’s key over MD5': by('RSA-MD5', payby),
  'PayBy’s key padded as PSS': by('RSA-SHA256', pss),
  'PayBy’s key over the hash, which names no hash': (body) =>
    privateEncrypt(payby, digest(body)).toString('base64'),
  'PayBy’s key over the hash of the hash': (body) => signatureOf(new Uint8Array(digest(body))),
  'PayBy’s key over nothing': () => signatureOf(new Uint8Array(0)),
  'the public key as a shared secret': hmac(keys.payby.publicPem),
  'an empty shared secret': hmac(''),
  'the hash alone': (body) => digest(body).toString('base64'),
};

/** What somebody without PayBy's key would like the shop to believe. */
const wishes = (role: Role): readonly string[] => [
  payment(role),
  payment(role, { status: 'SETTLED' }),
  payment(role, { status: 'CREATED' }),
  payment(role, { status: 'FAILURE', paymentInfo: undefined }),
  payment(role, { revoked: 'true' }),
  payment(role, { totalAmount: money(0.01) }),
  payment(role, { totalAmount: money(200, 'USD') }),
  payment(role, { payeeMid: `${payeeMid}1` }),
  refund(role),
  refund(role, { amount: money(200) }),
  refund(role, { status: 'FAILURE' }),
];

function* forged() {
  for (const signer of Object.values(signers)) {
    for (const role of roles) {
      for (const text of wishes(role)) {
        const body = bytesOf(text);
        yield [letter(body, signer(body))];
      }
    }
  }
}

/** Words exchanged in what PayBy signed, under the signature it had. */
function* altered() {
  const { payment: paid, refund: back } = genuine;
  const changes: readonly (readonly [text: string, from: string | RegExp, to: string])[] = [
    [payment('open', { totalAmount: money(2) }), '2.00', '200.00'],
    [payment('open', { status: 'CREATED' }), 'CREATED', 'PAID_SUCCESS'],
    [payment('open', { status: 'FAILURE' }), 'FAILURE', 'PAID_SUCCESS'],
    [payment('open', { status: 'UNHEARD_OF' }), 'UNHEARD_OF', 'SETTLED'],
    [payment('open', { revoked: 'false' }), '"revoked":"false"', '"revoked":"true"'],
    [payment('open', { payeeMid: '1' }), '"payeeMid":"1"', `"payeeMid":"${payeeMid}"`],
    [paid, 'PAID_SUCCESS', 'FAILURE'],
    [paid, /AED/g, 'USD'],
    [paid, /200\.00/g, '200.01'],
    [paid, /200\.00/g, '200'],
    [paid, /"notify_id":"\d+"/, '"notify_id":"1"'],
    [paid, /"notify_timestamp":\d+/, '"notify_timestamp":0'],
    [paid, 'acquireOrder', 'refundOrder'],
    [back, '50.00', '150.00'],
    [back, 'SUCCESS', 'FAILURE'],
    [back, 'R-news', 'R-other'],
    [back, 'refundOrder', 'acquireOrder'],
  ];
  for (const [text, from, to] of changes) {
    const signature = signatureOf(bytesOf(text));
    yield [letter(bytesOf(text.replace(from, to)), signature), signed(genuine.payment)];
  }
}

export const signerClasses: readonly MutationClass[] = [
  { name: 'signed by somebody else, or otherwise', atLeast: 1700, holds: 'refused', make: forged },
  { name: 'words exchanged under the old signature', atLeast: 17, holds: 'both', make: altered },
];
