import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BenchPage } from './bench-page.tsx';

const app = document.querySelector('#app');
if (app) {
  const root = createRoot(app);
  root.render(
    <StrictMode>
      <BenchPage onUnmount={() => root.unmount()} />
    </StrictMode>,
  );
}
