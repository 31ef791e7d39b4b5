import { defineConfig } from 'vite';

export default defineConfig({
  server: { proxy: { '/api': 'http://localhost:5173' } }, // your backend; here that of "npm start"
});
