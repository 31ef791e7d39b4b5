/** A sandbox in the middle of a busy day: orders in every state, faults that wait, cases played. */
import { setUp, tokenUrl } from './merchant.ts';
import { openShop } from './shop.ts';

/** `codes` are the links of its orders, by their numbers. */
export async function busySandbox() {
  const shop = openShop();
  const made = setUp({ ...shop.options, refundsPend: true });
  const { clock, place, get, cancel, revoke, refund } = made;
  const { actions, control } = made.sandbox;

  control.armCase('009');
  await place({ merchantOrderNo: 'case-009' });
  shop.elapse(3000);
  await shop.nextReport();
  control.armCase('005');
  await place({ merchantOrderNo: 'case-005' });
  await cancel('case-005');
  clock.now += 60_000;
  control.armCase('001');
  await place({ merchantOrderNo: 'case-001', totalAmount: { amount: 750, currency: 'AED' } });
  clock.now += 3000;
  await get('case-001');

  const codes: Record<string, string> = {};
  const order = async (merchantOrderNo: string, fields: Record<string, unknown> = {}) => {
    codes[merchantOrderNo] = tokenUrl(await place({ merchantOrderNo, ...fields }));
    return merchantOrderNo;
  };
  const oneTime = { paySceneParams: { oneTimePayment: 'true' } };
  actions.pay(await order('paid'));
  await refund({ refundMerchantOrderNo: 'refund-pending', originMerchantOrderNo: 'paid' });
  await refund({ refundMerchantOrderNo: 'refund-done', originMerchantOrderNo: 'paid' });
  await refund({ refundMerchantOrderNo: 'refund-failed', originMerchantOrderNo: 'paid' });
  actions.finishRefund('refund-done', 'SUCCESS');
  actions.finishRefund('refund-failed', 'FAILURE');
  actions.pay(await order('settled'));
  actions.settle('settled');
  await cancel(await order('cancelled'));
  actions.expire(await order('expired'));
  actions.decline(await order('declined', oneTime));
  actions.pay(await order('revoked'));
  await revoke('revoked');
  actions.lapse(await order('lapsed'));
  actions.scan(await order('scanned'), 'omar');
  await order('open', {
    subject: 'طلب رقم 42 · Twelve long-stemmed roses and a card, by noon',
    subjectAr: 'اثنتا عشرة وردة',
    totalAmount: { amount: 123_456_789_012.34, currency: 'AED' },
    paySceneParams: { redirectUrl: 'https://shop.example/back' },
  });
  await order(`as-long-as-PayBy-takes-them-${'0123456789'.repeat(3)}`);

  control.addFault({ on: 'placeOrder', fault: { kind: 'code', code: 'SYSTEM_ERROR', done: true } });
  control.addFault({
    on: 'notification',
    fault: { kind: 'late', delay: 60_000 },
    merchantOrderNo: 'open',
    times: 3,
  });
  control.addFault({ fault: { kind: 'wrong-signature', delay: 500 }, times: 'always' });
  control.armCase('003');
  return { ...made, codes };
}
