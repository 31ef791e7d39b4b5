import { createApp } from 'vue';
import '../../shop.css';
import CheckoutPage from './checkout-page.vue';

createApp(CheckoutPage).mount('#app');
