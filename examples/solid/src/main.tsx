import { render } from 'solid-js/web';
import '../../shop.css';
import { CheckoutPage } from './checkout-page.tsx';

const app = document.querySelector('#app');
if (app) render(() => <CheckoutPage />, app);
