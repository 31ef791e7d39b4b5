import { expect } from '@open-wc/testing';
import { loadMessages } from '../../src/element/languages.ts';
import { app } from '../../src/element/messages/en/app.ts';
import { dialog } from '../../src/element/messages/en/dialog.ts';
import { order } from '../../src/element/messages/en/order.ts';
import { result } from '../../src/element/messages/en/result.ts';
import { start } from '../../src/element/messages/en/start.ts';
import type { Messages } from '../../src/element/messages/messages.ts';

const english: Messages = { ...start, ...order, ...app, ...result, ...dialog };

/** Every sentence by its key; those that hold a value are told with one. */
function sentences(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    const name = `${path}${key}`;
    if (typeof value === 'function') found.set(name, String(value('§')));
    else if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of sentences(value, `${name}.`)) found.set(inner, text);
  }
  return found;
}

const inEnglish = sentences(english);
/** A word that Filipino shares with English. */
const shared = ['fil orderNumber'];

describe('the wording of a customer’s way into the app and back', () => {
  for (const language of ['ar', 'bn', 'fil', 'hi', 'ml', 'ru', 'ur', 'zh']) {
    it(`is complete in ${language}, and none of it is left in English`, async () => {
      const messages = await loadMessages(language);
      const said = sentences(messages ?? {});
      expect([...said.keys()].sort()).to.deep.equal([...inEnglish.keys()].sort());
      const wrong = [...said].filter(
        ([key, text]) =>
          text.trim() === '' ||
          (text === inEnglish.get(key) && !shared.includes(`${language} ${key}`)),
      );
      expect(wrong).to.deep.equal([]);
    });

    it(`keeps in ${language} the names and values that English says`, async () => {
      const said = sentences((await loadMessages(language)) ?? {});
      const lost = [...inEnglish].filter(([key, text]) =>
        ['BOTIM', 'PayBy', '§'].some(
          (word) => text.includes(word) && !said.get(key)?.includes(word),
        ),
      );
      expect(lost).to.deep.equal([]);
    });
  }

  it('is the same for Tagalog as for Filipino', async () => {
    expect(await loadMessages('tl')).to.equal(await loadMessages('fil'));
  });
});
