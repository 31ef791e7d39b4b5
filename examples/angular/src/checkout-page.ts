import { Component, signal } from '@angular/core';
import type { Order, PaybyErrorEvent, PaybyOutcomeEvent, Phase } from 'payby-checkout';
import { cartId, money, newCart, sessionToken } from '../../shop.ts';
import { Payby } from './payby.ts';

@Component({
  selector: 'app-checkout-page',
  imports: [Payby],
  template: `
    <main>
      <h1>Corner Café</h1>
      <label class="cart">
        Karak chai, cups
        <input
          #input
          type="number"
          min="0"
          max="9"
          [value]="cups()"
          [disabled]="phase() !== 'idle'"
          (input)="cups.set(input.valueAsNumber || 0)"
        />
      </label>
      <button class="page-button" type="button" (click)="isOpen.set(!isOpen())">
        {{ isOpen() ? 'Back to the cart' : 'Check out' }}
      </button>
      @if (isOpen()) {
        <!-- tokenHosts is for the sandbox; leave it out at PayBy -->
        <payby-checkout
          endpoint="/api/payby/orders"
          [reference]="reference()"
          [details]="{ items: { karak: cups() } }"
          [requestInit]="withToken"
          tokenHosts="localhost"
          (payby-change)="phase.set($event.state.phase)"
          (payby-paid)="onPaid($event)"
          (payby-error)="onError($event)"
        >
          <span slot="pay-label">Pay for {{ cups() }}</span>
          <p slot="footer" class="note">Ready about {{ 2 + cups() }} minutes after the payment.</p>
        </payby-checkout>
      }
      @if (paid(); as order) {
        <p class="thanks" role="status">
          Thank you! {{ order.amount ? money(order.amount) : '' }} received.
        </p>
        <button class="page-button" type="button" (click)="orderAgain()">Order again</button>
      }
      @if (isRefused()) {
        <p class="trouble">You can pay at the counter instead.</p>
      }
    </main>
  `,
})
export class CheckoutPage {
  protected readonly reference = signal(cartId());
  protected readonly cups = signal(2);
  protected readonly isOpen = signal(false);
  protected readonly phase = signal<Phase>('idle');
  protected readonly paid = signal<Order | undefined>(undefined);
  protected readonly isRefused = signal(false);
  protected readonly money = money;

  protected readonly withToken = () => ({
    headers: { authorization: `Bearer ${sessionToken()}` },
  });

  protected onPaid({ order }: PaybyOutcomeEvent): void {
    this.paid.set(order); // for the customer's eyes; what is delivered, your server decides
  }

  protected onError({ retryable }: PaybyErrorEvent): void {
    this.isRefused.set(!retryable); // the card says what went wrong, and can try again if that may help
  }

  protected orderAgain(): void {
    this.reference.set(newCart());
    this.paid.set(undefined);
  }
}
