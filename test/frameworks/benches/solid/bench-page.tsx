import 'payby-checkout';
import type {} from 'payby-checkout/types/solid';
import { createSignal, For, Show } from 'solid-js';
import { initial, installBench } from './bench.ts';

export function BenchPage(props: { onUnmount: () => void }) {
  const [state, setState] = createSignal(initial);
  const hear = installBench(setState, () => props.onUnmount());
  const told = (text: string) => {
    const { listener } = state();
    if (listener) hear(`${listener} ${text}`);
  };

  return (
    <main on:payby-change={() => hear('around change')}>
      <Show when={state().isShown}>
        <payby-checkout
          id="one"
          endpoint={state().endpoint}
          reference={state().reference}
          details={state().details}
          prop:requestInit={state().requestInit}
          prop:createOrder={state().createOrder}
          order={state().order}
          autostart={state().autostart}
          disabled={state().disabled}
          in-app={state().inApp}
          token-hosts="localhost"
          on:payby-change={({ state: { phase } }) => told(`change ${phase}`)}
          on:payby-error={({ code }) => told(`error ${code}`)}
        >
          <span slot="pay-label">{state().label}</span>
          <Show when={state().hasFooter}>
            <p slot="footer">Below</p>
          </Show>
        </payby-checkout>
      </Show>
      <For each={state().carts}>
        {(cart) => (
          <payby-checkout
            id={cart}
            endpoint={state().endpoint}
            reference={cart}
            token-hosts="localhost"
          />
        )}
      </For>
    </main>
  );
}
