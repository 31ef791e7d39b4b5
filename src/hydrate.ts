/**
 * `payby-checkout/hydrate`: the same as `payby-checkout`, and goes on with what `@lit-labs/ssr` has rendered
 * on a server.
 */
import './element/hydration.ts';

export * from './index.ts';
