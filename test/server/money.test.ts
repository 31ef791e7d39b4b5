import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  amountFromWire,
  amountToWire,
  parseAmount,
  parsePositiveAmount,
  sameAmount,
} from '../../src/server/payby/money.ts';

describe('money', () => {
  it('has one form per amount', () => {
    assert.equal(parseAmount('5'), '5.00');
    assert.equal(parseAmount('5.1'), '5.10');
    assert.equal(parseAmount('0.05'), '0.05');
  });

  it('crosses the wire exactly, up to the largest amount', () => {
    const amounts = [
      '0.01',
      '0.10',
      '0.29',
      '1.01',
      '19.99',
      '200.00',
      '1234567.89',
      '999999999999.99',
    ];
    for (const amount of amounts) {
      const wire = JSON.parse(JSON.stringify(amountToWire(amount)));
      assert.equal(amountFromWire(wire), amount);
    }
  });

  it('crosses the wire exactly for every fils of the largest dirhams', () => {
    for (let fils = 0; fils < 100; fils += 1) {
      const amount = `999999999999.${String(fils).padStart(2, '0')}`;
      assert.equal(amountFromWire(amountToWire(amount)), amount);
    }
  });

  it('reads numbers however PayBy writes them', () => {
    assert.equal(amountFromWire(JSON.parse('200.00')), '200.00');
    assert.equal(amountFromWire(JSON.parse('0.10')), '0.10');
    assert.equal(amountFromWire(JSON.parse('2E2')), '200.00');
  });

  it('refuses anything else with the value in the message', () => {
    const bad = [
      '',
      '1.234',
      '1234567890123',
      '-1',
      '+1',
      '1e3',
      '1,00',
      '.5',
      '5.',
      '01',
      ' 1',
      ' 1.00',
      '1.00\n',
      '12.345',
      '1000000000000.00',
      '٣',
      '１２',
      '0x10',
      'NaN',
    ];
    for (const value of bad) {
      assert.throws(
        () => parseAmount(value, 'quote.amount'),
        (error: unknown) =>
          error instanceof TypeError &&
          error.message.startsWith('quote.amount') &&
          error.message.includes(JSON.stringify(value)),
        value,
      );
    }
    for (const value of [12.34, 5n, null, undefined, true, ['1.00'], Symbol('1.00')]) {
      assert.throws(
        () => parseAmount(value),
        (error: unknown) =>
          error instanceof TypeError &&
          error.message.startsWith(`amount ${String(value)} is not a decimal string`),
        String(value),
      );
    }
    for (const value of [1.005, -1, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => amountFromWire(value), TypeError, String(value));
    }
  });

  it('must be above zero where it is to be paid', () => {
    assert.equal(parsePositiveAmount('0.01'), '0.01');
    for (const zero of ['0.00', '0', '0.0']) {
      assert.throws(
        () => parsePositiveAmount(zero),
        new RegExp(`amount "${zero}" is zero; PayBy takes amounts from "0.01"`),
      );
    }
  });

  it('is the same money however many decimals are written, in the same currency', () => {
    const one = { amount: '5', currency: 'AED' };
    assert.ok(sameAmount(one, { amount: '5.00', currency: 'AED' }));
    assert.ok(!sameAmount(one, { amount: '5.01', currency: 'AED' }));
    assert.ok(!sameAmount(one, { amount: '5.00', currency: 'USD' }));
  });
});
