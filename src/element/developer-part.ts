/** Loaded when there is something to tell the page's developer; no customer needs it. */
export { checkWording } from './developer/check-wording.ts';
export { tellSettings } from './developer/tell-settings.ts';
export { tellTaken } from './developer/tell-taken.ts';
