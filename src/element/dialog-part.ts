/** Loaded for `display="dialog"`. */
import { addEnglish } from './language.ts';
import { dialog } from './messages/en/dialog.ts';

addEnglish(dialog);

export { CheckoutDialog } from './checkout-dialog.ts';
export { dialogStyles } from './dialog-styles.ts';
