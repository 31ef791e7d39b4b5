/** What a page of the documents does besides being read; each part is loaded where it is needed. */
import { addCopyButtons } from './copy-buttons.ts';
import { prepareMenu } from './menu.ts';
import { prepareSearch } from './search.ts';

type Mount = (block: HTMLElement) => void;

const liveBlocks: Readonly<Record<string, () => Promise<Mount>>> = {
  first: async () => (await import('./live/example.ts')).mountFirst,
  phases: async () => (await import('./live/example.ts')).mountPhases,
  theme: async () => (await import('./live/theme-editor.ts')).mountThemeEditor,
  device: async () => (await import('./live/device.ts')).mountDevice,
};

addCopyButtons();
prepareMenu();
prepareSearch();
for (const block of document.querySelectorAll<HTMLElement>('[data-live]')) {
  const load = liveBlocks[block.dataset.live ?? ''];
  if (load) void load().then((mount) => mount(block));
}
