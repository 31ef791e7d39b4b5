import { mount } from 'svelte';
import '../../shop.css';
import CheckoutPage from './checkout-page.svelte';

const target = document.querySelector('#app');
if (target) mount(CheckoutPage, { target });
