import { render } from 'preact';
import '../../shop.css';
import { CheckoutPage } from './checkout-page.tsx';

const app = document.querySelector('#app');
if (app) render(<CheckoutPage />, app);
