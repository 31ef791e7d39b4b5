/** A search in the headings of all pages: error codes, options, sections. */
import type { SearchEntry } from '../search-index.ts';
import { make } from './make.ts';

interface Found {
  href: string;
  page: string;
  text: string;
  /** Lower comes first. */
  rank: number;
}

const most = 12;

export function prepareSearch(): void {
  const box = document.querySelector('search');
  if (!box) return;
  const results = make('ul', { id: 'found', class: 'found', hidden: '' });
  const input = make('input', { type: 'search', placeholder: 'Search', autocomplete: 'off' });
  const said = make('span', { class: 'unseen', role: 'status' });
  input.setAttribute('aria-label', 'Search in headings and codes');
  input.setAttribute('aria-controls', results.id);
  box.append(input, said, results);

  let index: Promise<readonly SearchEntry[]> | undefined;
  const show = async () => {
    index ??= fetch('search.json').then((answer) => answer.json());
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length > 0 ? find(await index.catch(() => []), words) : [];
    results.replaceChildren(...found.map(asItem));
    results.hidden = words.length === 0;
    said.textContent = words.length > 0 ? `${found.length} found` : '';
    if (words.length > 0 && found.length === 0) results.append(make('li', {}, 'Nothing found'));
  };
  input.addEventListener('input', () => void show());
  box.addEventListener('keydown', (event) => {
    const links = [...results.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input) links[0]?.click();
    else if (event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) results.hidden = true;
  });
  results.addEventListener('click', () => close());

  function close(): void {
    input.value = '';
    results.hidden = true;
    results.replaceChildren();
  }
}

function find(index: readonly SearchEntry[], words: readonly string[]): Found[] {
  const all = index.flatMap(([file, page, headings, terms]) => {
    const at =
      (later: number) =>
      ([text, id]: readonly [string, string]) => {
        return { href: `${file}#${id}`, page, text, later };
      };
    return [
      { href: file, page, text: page, later: 0 },
      ...headings.map(at(0)),
      ...terms.map(at(0.5)),
    ];
  });
  return all
    .map(({ later, ...entry }) => ({
      ...entry,
      rank: later + rankOf(entry.text.toLowerCase(), words),
    }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most);
}

/** The whole text, then its beginning, then anywhere in it; Infinity where a word is missing. */
function rankOf(text: string, words: readonly string[]): number {
  const whole = words.join(' ');
  if (!words.every((word) => text.includes(word))) return Infinity;
  if (text === whole) return 0;
  return (text.startsWith(whole) ? 1 : 2) + text.length / 1000;
}

const asItem = ({ href, page, text }: Found): HTMLElement =>
  make(
    'li',
    {},
    make('a', { href }, text, ...(text === page ? [] : [make('small', {}, ` ${page}`)])),
  );
