import { bootstrapApplication } from '@angular/platform-browser';
import { CheckoutPage } from './bench-page.ts';

const app = bootstrapApplication(CheckoutPage);
document.addEventListener('unmount', () => void app.then((one) => one.destroy()));
