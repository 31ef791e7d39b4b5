/** What the checker must refuse: each line that says so, and no other. */
import type {} from 'payby-checkout/types/solid';

export const wrong = [
  <payby-checkout endpoint={42} />, // wrong
  <payby-checkout in-app="popup" />, // wrong
  <payby-checkout display="popup" />, // wrong
  <payby-checkout disabled="no" />, // wrong
  <payby-checkout prop:createOrder={() => 'no promise'} />, // wrong
  <payby-checkout prop:requestInit={{ method: 'PUT' }} />, // wrong
  <payby-checkout on:payby-paid={({ state }) => state} />, // wrong
  <payby-checkout endpiont="/api/orders" />, // wrong
  <payby-checkout endpoint="/api/orders" in-app="qr" on:payby-paid={({ order }) => order.id} />,
  <payby-checkout requestInit={{ credentials: 'include' }} />, // wrong
  <payby-checkout prop:requestInit={{ credentials: 'include' }} />,
];
