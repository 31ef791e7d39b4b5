import { app } from '../../src/element/messages/en/app.ts';
import { dialog } from '../../src/element/messages/en/dialog.ts';
import { order } from '../../src/element/messages/en/order.ts';
import { result } from '../../src/element/messages/en/result.ts';
import { start } from '../../src/element/messages/en/start.ts';
import type { Messages } from '../../src/element/messages/messages.ts';

/** All that is said in English, of whichever part of the script. */
export const en: Messages = { ...start, ...order, ...app, ...result, ...dialog };
