/** Loaded where the app comes first: on a phone, and in the app itself. */
import { addEnglish } from './language.ts';
import { app } from './messages/en/app.ts';

addEnglish(app);

export { AppWay } from './app-way.ts';
