import { describeFramework, viteBuild } from './in-framework.ts';

describeFramework('Svelte', 'svelte', {
  check: ['svelte-check', '--output', 'machine'],
  build: viteBuild,
});
