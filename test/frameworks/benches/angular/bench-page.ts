import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import 'payby-checkout';
import { initial, installBench } from './bench.ts';

@Component({
  selector: 'app-checkout-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main (payby-change)="hear('around change')">
      @if (state().isShown) {
        <payby-checkout
          id="one"
          [endpoint]="state().endpoint"
          [reference]="state().reference"
          [details]="state().details"
          [requestInit]="state().requestInit"
          [createOrder]="state().createOrder"
          [order]="state().order"
          [autostart]="state().autostart"
          [disabled]="state().disabled"
          [attr.in-app]="state().inApp"
          token-hosts="localhost"
          (payby-change)="told('change ' + $event.state.phase)"
          (payby-error)="told('error ' + $event.code)"
        >
          <span slot="pay-label">{{ state().label }}</span>
          @if (state().hasFooter) {
            <p slot="footer">Below</p>
          }
        </payby-checkout>
      }
      @for (cart of state().carts; track cart) {
        <payby-checkout
          [id]="cart"
          [endpoint]="state().endpoint"
          [reference]="cart"
          token-hosts="localhost"
        ></payby-checkout>
      }
    </main>
  `,
})
export class CheckoutPage {
  protected readonly state = signal(initial);
  protected readonly hear = installBench(
    (next) => this.state.set(next),
    () => document.dispatchEvent(new Event('unmount')),
  );

  protected told(text: string): void {
    const { listener } = this.state();
    if (listener) this.hear(`${listener} ${text}`);
  }
}
