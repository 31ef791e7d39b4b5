/**
 * `payby-checkout/ssr`: the same as `payby-checkout`, for pages that a server renders with `@lit-labs/ssr`;
 * imported in both places. The page goes on with what the server has rendered.
 */
import './element/hydration.ts';

export { loadLanguage } from './element/language.ts';
export * from './index.ts';
