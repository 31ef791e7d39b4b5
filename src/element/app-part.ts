/** Loaded where the app comes first: on a phone, and in the app itself. */
export { AppWay } from './app-way.ts';
export { app as english } from './messages/en/app.ts';
