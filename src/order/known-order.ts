/** What is needed from the first answer on: loaded while the backend is asked for it. */
export { followPatiently } from './follow-patiently.ts';
export { firstWord, laterWord } from './order-word.ts';
