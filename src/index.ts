/** `payby-checkout`: registers the element and re-exports its API. */
import './ahead.ts';
import './define.ts';

export * from './element/index.ts';
