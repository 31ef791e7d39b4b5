import { bootstrapApplication } from '@angular/platform-browser';
import { CheckoutPage } from './checkout-page.ts';

void bootstrapApplication(CheckoutPage);
