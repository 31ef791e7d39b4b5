import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

export default defineConfig({
  plugins: [solid()],
  server: { proxy: { '/api': 'http://localhost:5173' } }, // your backend; here that of "npm start"
});
