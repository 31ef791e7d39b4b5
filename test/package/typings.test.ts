import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { blocksOf, documents } from '../docs/code-blocks.ts';
import { compile } from './compile.ts';
import { installPackage } from './install.ts';

// Vue's, Svelte's and Solid's typings are proved where those are installed: by the examples.
const peers = ['react', '@lit/react', '@types/react', 'csstype', 'preact'];
const project = installPackage(peers);
after(() => project[Symbol.dispose]());

/** What can be written in a template, and, each behind what says so, what cannot. */
const template = (framework: string, on: (event: string) => string, ofItsOwn: string) => `
import type { PaybyCheckout, PaybyErrorEvent, PaybyOutcomeEvent } from 'payby-checkout';
import type {} from 'payby-checkout/types/${framework}';
${ofItsOwn}

const thank = ({ order }: PaybyOutcomeEvent) => order.id;

export const right = (
  <payby-checkout
    ref={ref}
    id="pay" key="pay" style={{ maxWidth: '20rem' }} aria-label="Pay" data-test="checkout" lang="ar"
    endpoint="/orders" reference="cart-42" autostart display="dialog" updates="sse" environment="phone"
    inApp="bridge" in-app="qr" tokenHosts="a.example" token-hosts="a.example" return-url="/thanks"
    theme="dark" name="payment" required disabled={false}
    details={{ items: [1] }} order={{ id: '1', status: 'pending' }} detect={() => 'desktop'}
    createOrder={async ({ idempotencyKey }) => idempotencyKey}
    requestInit={() => ({ credentials: 'include' })}
    ${on('payby-paid')}={thank}
    ${on('payby-error')}={(event) => event.currentTarget.retry()}
    ${on('payby-redirect')}={(event) => event.url.length > 0 && event.preventDefault()}
  >
    <span slot="footer">Questions?</span>
  </payby-checkout>
);

// @ts-expect-error a word that it does not have
export const word = <payby-checkout updates="sometimes" />;
// @ts-expect-error the same under the attribute's name
export const attribute = <payby-checkout in-app="no" />;
// @ts-expect-error a number is no URL
export const endpoint = <payby-checkout endpoint={4} />;
// @ts-expect-error an error is no outcome
export const event = <payby-checkout ${on('payby-paid')}={({ code }: PaybyErrorEvent) => code} />;
// @ts-expect-error there is no such property
export const misspelt = <payby-checkout endpiont="/orders" />;
// @ts-expect-error what is only to be read
export const state = <payby-checkout state={{ phase: 'idle' }} />;
`;

const options = {
  module: 'nodenext',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
  skipLibCheck: true, // of the frameworks' own declarations
  preserveSymlinks: true,
};

const react = { jsx: 'react-jsx' };

describe('the typings of the tag', () => {
  it('take in React’s templates what is right, and nothing else', async () => {
    const ref = `import { useRef } from 'react'; const ref = useRef<PaybyCheckout>(null);`;
    const code = template('react', (name) => `on${name}`, ref);
    const said = await compile(project, 'react.tsx', code, { ...options, ...react });
    assert.equal(said, '');
  });

  it('take in Preact’s templates what is right, and nothing else', async () => {
    const ref = `import { createRef } from 'preact'; const ref = createRef<PaybyCheckout>();`;
    const code = template('preact', (name) => `on${name}`, ref);
    const jsx = { jsx: 'react-jsx', jsxImportSource: 'preact' };
    assert.equal(await compile(project, 'preact.tsx', code, { ...options, ...jsx }), '');
  });
});

const component = `
import { useRef } from 'react';
import { PaybyCheckout, type PaybyCheckoutElement, type PaybyCheckoutProps } from 'payby-checkout/react';
import type { PaybyErrorEvent } from 'payby-checkout';

export function Checkout(props: Pick<PaybyCheckoutProps, 'details'>) {
  const ref = useRef<PaybyCheckoutElement>(null);
  return (
    <PaybyCheckout
      {...props} ref={ref} className="checkout" key="pay" slot="pay" onClick={() => ref.current?.start()}
      endpoint="/orders" reference="cart-42" autostart display="dialog" updates="sse" environment="phone"
      inApp="bridge" tokenHosts="a.example" returnUrl="/thanks" theme="dark"
      name="payment" required disabled={false} order={null} detect={() => 'desktop'}
      createOrder={async ({ idempotencyKey }) => idempotencyKey}
      requestInit={{ credentials: 'include' }}
      onPaybyOrder={({ order }) => order.id}
      onPaybyChange={({ state, previous }) => state.phase === previous.phase}
      onPaybyRedirect={(event) => event.preventDefault()}
      onPaybyScanned={({ order }) => order.payer?.mobileNumberMask}
      onPaybyPaid={({ order }) => order.id}
      onPaybyFailed={({ order }) => order.failure?.code}
      onPaybyExpired={({ order }) => order.id}
      onPaybyCancelled={({ order }) => order.id}
      onPaybyError={({ code, retryable }) => (retryable ? code : ref.current?.retry())}
    >
      <p slot="footer">Questions?</p>
    </PaybyCheckout>
  );
}

// @ts-expect-error a word that it does not have
export const word = <PaybyCheckout updates="sometimes" />;
// @ts-expect-error an error is no outcome
export const event = <PaybyCheckout onPaybyPaid={({ code }: PaybyErrorEvent) => code} />;
// @ts-expect-error there is no such property
export const misspelt = <PaybyCheckout endpiont="/orders" />;
// @ts-expect-error a method is not to be set
export const method = <PaybyCheckout start={() => {}} />;
`;

describe('the README', () => {
  it('shows templates that are right', async () => {
    const [readme] = documents;
    const blocks = readme ? blocksOf(readme, 'tsx') : [];
    assert.equal(blocks.length, 2);
    for (const [index, block] of blocks.entries()) {
      const said = await compile(project, `readme-${index}.tsx`, block, { ...options, ...react });
      assert.equal(said, '');
    }
  });
});

describe('the component for React', () => {
  it('takes what is right, and nothing else', async () => {
    assert.equal(await compile(project, 'component.tsx', component, { ...options, ...react }), '');
  });
});
