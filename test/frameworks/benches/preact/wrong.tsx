/** What the checker must refuse: each line that says so, and no other. */
import type {} from 'payby-checkout/types/preact';

export const wrong = [
  <payby-checkout endpoint={42} />, // wrong
  <payby-checkout in-app="popup" />, // wrong
  <payby-checkout display="popup" />, // wrong
  <payby-checkout disabled="no" />, // wrong
  <payby-checkout createOrder={() => 'no promise'} />, // wrong
  <payby-checkout requestInit={{ method: 'PUT' }} />, // wrong
  <payby-checkout onpayby-paid={({ state }) => state} />, // wrong
  <payby-checkout endpiont="/api/orders" />, // wrong
  <payby-checkout endpoint="/api/orders" in-app="qr" onpayby-paid={({ order }) => order.id} />,
];
