import { render } from 'solid-js/web';
import { BenchPage } from './bench-page.tsx';

const app = document.querySelector('#app');
if (app) {
  const unmount = render(() => <BenchPage onUnmount={() => unmount()} />, app);
}
