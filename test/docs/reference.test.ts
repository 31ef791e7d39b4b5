import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkArrows, transitions } from '../../tools/docs/state-diagram.ts';
import { runCommand } from '../support/run-command.ts';
import { documentOf } from './code-blocks.ts';
import { element, namesOf } from './markup.ts';

const { text } = documentOf('docs/element.md');

describe('docs/element.md', () => {
  it('is what the element says of itself now, and so is the picture of its states', async () => {
    const { ok, output } = await runCommand('node', ['tools/docs/reference.ts', '--check'], {
      capture: true,
    });
    assert.ok(ok, output);
  });

  it('names all that a page can use of it', () => {
    const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element;
    for (const list of [attributes, members, events, slots, cssParts, cssProperties, cssStates]) {
      for (const name of namesOf(list)) assert.match(text, new RegExp(`\`${name}(\\(\\))?\``));
    }
  });
});

describe('the picture of the states', () => {
  it('has the arrows that the code follows, and no other', () => {
    checkArrows();
    assert.equal(transitions.size, 10);
  });

  it('is told in words, too: the table of docs/states.md has every phase', () => {
    const states = documentOf('docs/states.md').text;
    for (const phase of transitions.keys())
      assert.match(states, new RegExp(`^\\| \`${phase}\``, 'm'));
  });
});
