import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../shop.css';
import { CheckoutPage } from './checkout-page.tsx';

const app = document.querySelector('#app');
if (app) {
  createRoot(app).render(
    <StrictMode>
      <CheckoutPage />
    </StrictMode>,
  );
}
