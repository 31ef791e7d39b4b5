import { render } from 'preact';
import { BenchPage } from './bench-page.tsx';

const app = document.querySelector('#app');
if (app) render(<BenchPage onUnmount={() => render(null, app)} />, app);
