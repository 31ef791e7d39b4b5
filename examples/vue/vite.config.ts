import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'payby-checkout' } } }),
  ],
  server: { proxy: { '/api': 'http://localhost:5173' } }, // your backend; here that of "npm start"
});
