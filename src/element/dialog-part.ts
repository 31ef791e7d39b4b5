/** Loaded for `display="dialog"`. */
export { CheckoutDialog } from './checkout-dialog.ts';
export { dialogStyles } from './dialog-styles.ts';
export { dialog as english } from './messages/en/dialog.ts';
