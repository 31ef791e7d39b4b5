import { createApp } from 'vue';
import BenchPage from './bench-page.vue';

const app = createApp(BenchPage, { onLeave: () => app.unmount() });
app.mount('#app');
