/** What PayBy would write about the scene's orders, number by number as PayBy writes them: `200.00`. */
import { atPayby, ids, payeeMid, type Role } from './scene.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const money = (amount: number, currency = 'AED') => ({ amount, currency });

/** JSON with two decimals for every amount. */
export const written = (value: unknown): string =>
  JSON.stringify(value).replace(
    /"amount":(\d+(?:\.\d+)?)(?=[,}])/g,
    (_, amount: string) => `"amount":${Number(amount).toFixed(2)}`,
  );

const envelope = { notify_id: '202611220001', notify_timestamp: 1795341600000 };

/** A payment of one of the scene's orders, unless `change` says otherwise. */
export const paymentOf = (role: Role, change: Fields = {}) => ({
  ...envelope,
  acquireOrder: {
    ...atPayby(ids[role]),
    status: 'PAID_SUCCESS',
    payeeMid,
    paymentInfo: {
      paidAmount: atPayby(ids[role]).totalAmount,
      paidTime: 1795341600000,
      payChannel: 'BALANCE',
      payerMid: '100000012396',
    },
    ...change,
  },
});

/** 50 dirhams of one of the scene's orders go back, unless `change` says otherwise. */
export const refundOf = (role: Role, change: Fields = {}) => ({
  ...envelope,
  refundOrder: {
    amount: money(50),
    notifyUrl: 'https://shop.example/api/payby/notify',
    orderNo: '191587114148046289',
    originMerchantOrderNo: ids[role],
    originOrderNo: atPayby(ids[role]).orderNo,
    reason: 'café',
    refundMerchantOrderNo: 'R-news',
    status: 'SUCCESS',
    ...change,
  },
});

export const payment = (role: Role, change?: Fields): string => written(paymentOf(role, change));
export const refund = (role: Role, change?: Fields): string => written(refundOf(role, change));

/** The two that most mutations start from: the shop knows of neither yet. */
export const genuine: Readonly<Record<'payment' | 'refund', string>> = {
  payment: payment('open'),
  refund: refund('paid'),
};
