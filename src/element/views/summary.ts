import { html, nothing } from 'lit';
import type { Order } from '../../protocol.ts';
import { formatAmount } from '../format-amount.ts';
import type { Messages } from '../messages/messages.ts';

/** What is paid for, and how much. */
export function summary({ amount, subject: english, subjectAr }: Order, { lang }: Messages) {
  const subject = (lang === 'ar' && subjectAr) || english;
  if (!amount && !subject) return nothing;
  return html`
    <div class="summary">
      ${amount ? html`<p class="amount" part="amount"><bdi>${formatAmount(amount, lang)}</bdi></p>` : nothing}
      ${subject ? html`<p class="subject" dir="auto">${subject}</p>` : nothing}
    </div>
  `;
}
