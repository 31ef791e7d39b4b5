import { make } from './make.ts';

/** Gives every block of code a button that copies it. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll('.code')) {
    const code = block.querySelector('code');
    if (code) block.append(copyButton(() => code));
  }
}

/** @param find what holds the text, as it is at the press */
export function copyButton(find: () => Element): HTMLElement {
  const said = make('span', { class: 'unseen', role: 'status' });
  const button = make('button', { class: 'copy', type: 'button' }, 'Copy');
  button.addEventListener('click', async () => {
    const source = find();
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = said.textContent = 'Copied';
    } catch {
      // Whoever may not write to the clipboard can still copy by hand what is selected.
      getSelection()?.selectAllChildren(source);
      button.textContent = said.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
      said.textContent = '';
    }, 2000);
  });
  return make('span', { class: 'copying' }, button, said);
}
