/** What a shop has anyway; here in place of yours. */

/** The cart's id: the same over reloads, until the cart is paid. Yours comes from your server. */
export function cartId(): string {
  const id = sessionStorage.getItem('cart');
  return id ?? newCart();
}

/** An empty cart, under another id. */
export function newCart(): string {
  const id = `cart-${crypto.randomUUID().slice(0, 8)}`;
  sessionStorage.setItem('cart', id);
  return id;
}

/** What says to your server who asks: a token, or nothing where cookies do. */
export const sessionToken = (): string => 'a-customer';

/** "AED 9.00" */
export const money = ({ amount, currency }: { amount: number; currency: string }): string =>
  new Intl.NumberFormat('en-AE', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(amount)
    .replace(/\s/, ' ');
