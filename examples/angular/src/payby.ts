import { Component, CUSTOM_ELEMENTS_SCHEMA, input } from '@angular/core';
import 'payby-checkout';
import type { PaybyCheckout } from 'payby-checkout';

/**
 * The element, known to Angular's templates by its properties and their types. The tag stays the browser's own:
 * its events are listened to as they are, and are typed, too.
 */
@Component({
  selector: 'payby-checkout',
  template: '<ng-content />',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  host: {
    '[endpoint]': 'endpoint()',
    '[reference]': 'reference()',
    '[details]': 'details()',
    '[requestInit]': 'requestInit()',
    '[tokenHosts]': 'tokenHosts()',
  },
})
export class Payby {
  readonly endpoint = input<PaybyCheckout['endpoint']>('');
  readonly reference = input<PaybyCheckout['reference']>('');
  readonly details = input<PaybyCheckout['details']>();
  readonly requestInit = input<PaybyCheckout['requestInit']>();
  readonly tokenHosts = input<PaybyCheckout['tokenHosts']>('');
}
