import { mount, unmount } from 'svelte';
import BenchPage from './bench-page.svelte';

const target = document.querySelector('#app');
if (target) {
  const page = mount(BenchPage, { target, props: { onUnmount: () => void unmount(page) } });
}
