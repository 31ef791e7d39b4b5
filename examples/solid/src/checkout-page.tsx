import 'payby-checkout';
import type { Order, PaybyErrorEvent, PaybyOutcomeEvent, Phase } from 'payby-checkout';
import type {} from 'payby-checkout/types/solid';
import { createSignal, Show } from 'solid-js';
import { cartId, money, newCart, sessionToken } from '../../shop.ts';

const withToken = () => ({ headers: { authorization: `Bearer ${sessionToken()}` } });

export function CheckoutPage() {
  const [reference, setReference] = createSignal(cartId());
  const [cups, setCups] = createSignal(2);
  const [isOpen, setOpen] = createSignal(false);
  const [phase, setPhase] = createSignal<Phase>('idle');
  const [paid, setPaid] = createSignal<Order>();
  const [isRefused, setRefused] = createSignal(false);

  function onPaid({ order }: PaybyOutcomeEvent) {
    setPaid(order); // for the customer's eyes; what is delivered, your server decides
  }

  function onError({ retryable }: PaybyErrorEvent) {
    setRefused(!retryable); // the card says what went wrong, and can try again if that may help
  }

  function orderAgain() {
    setReference(newCart());
    setPaid(undefined);
  }

  return (
    <main>
      <h1>Corner Café</h1>
      <label class="cart">
        Karak chai, cups
        <input
          type="number"
          min="0"
          max="9"
          value={cups()}
          disabled={phase() !== 'idle'}
          onInput={(event) => setCups(event.target.valueAsNumber || 0)}
        />
      </label>
      <button class="page-button" type="button" onClick={() => setOpen(!isOpen())}>
        {isOpen() ? 'Back to the cart' : 'Check out'}
      </button>
      <Show when={isOpen()}>
        <payby-checkout
          endpoint="/api/payby/orders"
          reference={reference()}
          details={{ items: { karak: cups() } }}
          prop:requestInit={withToken}
          token-hosts="localhost" // for the sandbox; leave it out at PayBy
          on:payby-change={({ state }) => setPhase(state.phase)}
          on:payby-paid={onPaid}
          on:payby-error={onError}
        >
          <span slot="pay-label">Pay for {cups()}</span>
          <p slot="footer" class="note">
            Ready about {2 + cups()} minutes after the payment.
          </p>
        </payby-checkout>
      </Show>
      <Show when={paid()}>
        {(order) => (
          <>
            <p class="thanks" role="status">
              Thank you! {money(order().amount ?? { amount: 0, currency: 'AED' })} received.
            </p>
            <button class="page-button" type="button" onClick={orderAgain}>
              Order again
            </button>
          </>
        )}
      </Show>
      <Show when={isRefused()}>
        <p class="trouble">You can pay at the counter instead.</p>
      </Show>
    </main>
  );
}
