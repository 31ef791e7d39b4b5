/** What the checker must refuse: each line that says so, and no other. */
import { Component } from '@angular/core';
import { Payby } from './payby.ts';

@Component({
  selector: 'app-wrong',
  imports: [Payby],
  template: `
    <payby-checkout [endpoint]="42" /><!-- wrong -->
    <payby-checkout [requestInit]="'none'" /><!-- wrong -->
    <payby-checkout [tokenHosts]="1" /><!-- wrong -->
    <payby-checkout (payby-paid)="read($event.state)" /><!-- wrong -->
    <payby-checkout (payby-change)="read($event.order)" /><!-- wrong -->
    <payby-checkout [endpiont]="'/api/orders'" /><!-- wrong -->
    <payby-checkout endpoint="/api/orders" (payby-paid)="read($event.order)" />
  `,
})
export class Wrong {
  protected readonly read = (value: unknown): unknown => value;
}
