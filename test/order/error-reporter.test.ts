import { expect } from '@open-wc/testing';
import { CheckoutError, type CheckoutErrorCode } from '../../src/order/checkout-error.ts';
import { ErrorReporter } from '../../src/order/error-reporter.ts';

describe('troubles that are survived', () => {
  const trouble = (code: CheckoutErrorCode) => new CheckoutError(code, 'trouble');

  function reporter() {
    const told: CheckoutErrorCode[] = [];
    return { told, errors: new ErrorReporter(({ code }) => void told.push(code)) };
  }

  it('are told once each', () => {
    const { told, errors } = reporter();
    for (const code of ['network', 'timeout', 'network', 'timeout'] as const) {
      errors.tell(trouble(code));
    }
    expect(told).to.deep.equal(['network', 'timeout']);
  });

  it('are told again when things went well in between, if they can pass', () => {
    const { told, errors } = reporter();
    const passing = ['network', 'timeout', 'order-rejected', 'order-invalid'] as const;
    const staying = ['token-url-blocked', 'status-unknown', 'configuration'] as const;
    for (const code of [...passing, ...staying]) errors.tell(trouble(code));
    told.length = 0;
    errors.recover([]);
    for (const code of [...passing, ...staying]) errors.tell(trouble(code));
    expect(told).to.deep.equal([...passing]);
  });

  it('are not told again while the good answer still has them', () => {
    const { told, errors } = reporter();
    errors.tell(trouble('order-invalid'));
    errors.tell(trouble('network'));
    errors.recover([trouble('order-invalid'), trouble('status-unknown')]);
    errors.tell(trouble('order-invalid'));
    errors.tell(trouble('network'));
    expect(told).to.deep.equal(['order-invalid', 'network', 'network']);
  });
});
