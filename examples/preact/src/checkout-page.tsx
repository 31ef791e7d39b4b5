import 'payby-checkout';
import type { Order, PaybyErrorEvent, PaybyOutcomeEvent, Phase } from 'payby-checkout';
import type {} from 'payby-checkout/types/preact';
import { useState } from 'preact/hooks';
import { cartId, money, newCart, sessionToken } from '../../shop.ts';

const withToken = () => ({ headers: { authorization: `Bearer ${sessionToken()}` } });

export function CheckoutPage() {
  const [reference, setReference] = useState(cartId);
  const [cups, setCups] = useState(2);
  const [isOpen, setOpen] = useState(false);
  const [phase, setPhase] = useState<Phase>('idle');
  const [paid, setPaid] = useState<Order>();
  const [isRefused, setRefused] = useState(false);

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
          value={cups}
          disabled={phase !== 'idle'}
          onInput={(event) => setCups(event.currentTarget.valueAsNumber || 0)}
        />
      </label>
      <button class="page-button" type="button" onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Back to the cart' : 'Check out'}
      </button>
      {isOpen && (
        <payby-checkout
          endpoint="/api/payby/orders"
          reference={reference}
          details={{ items: { karak: cups } }}
          requestInit={withToken}
          token-hosts="localhost" // for the sandbox; leave it out at PayBy
          onpayby-change={({ state }) => setPhase(state.phase)}
          onpayby-paid={onPaid}
          onpayby-error={onError}
        >
          <span slot="pay-label">Pay for {cups}</span>
          <p slot="footer" class="note">
            Ready about {2 + cups} minutes after the payment.
          </p>
        </payby-checkout>
      )}
      {paid && (
        <p class="thanks" role="status">
          Thank you! {paid.amount && money(paid.amount)} received.
        </p>
      )}
      {paid && (
        <button class="page-button" type="button" onClick={orderAgain}>
          Order again
        </button>
      )}
      {isRefused && <p class="trouble">You can pay at the counter instead.</p>}
    </main>
  );
}
