/** `payby-checkout`: registers the element and re-exports its API. */
import './define.ts';

export * from './element/index.ts';
