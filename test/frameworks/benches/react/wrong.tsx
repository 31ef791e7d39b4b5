/** What the checker must refuse: each line that says so, and no other. */
import { PaybyCheckout } from 'payby-checkout/react';
import type {} from 'payby-checkout/types/react';

export const wrong = [
  <payby-checkout key="1" endpoint={42} />, // wrong
  <payby-checkout key="2" in-app="popup" />, // wrong
  <payby-checkout key="3" display="popup" />, // wrong
  <payby-checkout key="4" disabled="no" />, // wrong
  <payby-checkout key="5" createOrder={() => 'no promise'} />, // wrong
  <payby-checkout key="6" requestInit={{ method: 'PUT' }} />, // wrong
  <payby-checkout key="7" onpayby-paid={({ state }) => state} />, // wrong
  <payby-checkout key="8" endpiont="/api/orders" />, // wrong
  <PaybyCheckout key="9" endpoint={42} />, // wrong
  <PaybyCheckout key="10" inApp="popup" />, // wrong
  <PaybyCheckout key="11" onPaybyPaid={({ state }) => state} />, // wrong
  <PaybyCheckout key="12" onPayby={() => {}} />, // wrong
  <payby-checkout
    key="13"
    endpoint="/api/orders"
    in-app="qr"
    onpayby-paid={({ order }) => order.id}
  />,
  <PaybyCheckout key="14" endpoint="/api/orders" order={undefined} inApp="qr" />,
];
