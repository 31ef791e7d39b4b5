import 'payby-checkout';
import type {} from 'payby-checkout/types/react';
import { useEffect, useRef, useState } from 'react';
import { initial, installBench } from './bench.ts';

let hear = (_text: string): unknown => undefined;

export function BenchPage({ onUnmount }: { onUnmount: () => void }) {
  const [state, setState] = useState(initial);
  const around = useRef<HTMLElement>(null);
  const { listener } = state;

  useEffect(() => {
    hear = installBench(setState, onUnmount);
    const { current } = around;
    const onBubble = () => hear('around change');
    current?.addEventListener('payby-change', onBubble);
    return () => current?.removeEventListener('payby-change', onBubble);
  }, [onUnmount]);

  return (
    <main ref={around}>
      {state.isShown && (
        <payby-checkout
          id="one"
          endpoint={state.endpoint}
          reference={state.reference}
          details={state.details}
          requestInit={state.requestInit}
          createOrder={state.createOrder}
          order={state.order}
          autostart={state.autostart}
          disabled={state.disabled}
          in-app={state.inApp}
          token-hosts="localhost"
          onpayby-change={
            listener ? ({ state: { phase } }) => hear(`${listener} change ${phase}`) : undefined
          }
          onpayby-error={listener ? ({ code }) => hear(`${listener} error ${code}`) : undefined}
        >
          <span slot="pay-label">{state.label}</span>
          {state.hasFooter && <p slot="footer">Below</p>}
        </payby-checkout>
      )}
      {state.carts.map((cart) => (
        <payby-checkout
          key={cart}
          id={cart}
          endpoint={state.endpoint}
          reference={cart}
          token-hosts="localhost"
        />
      ))}
    </main>
  );
}
