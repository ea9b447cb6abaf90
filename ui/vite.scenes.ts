// Builds the scenes that the golden pictures are taken of: the window on the stand-in core. It goes
// where it is told by `--outDir`, never into the program.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  clearScreen: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    minify: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    rollupOptions: { input: fileURLToPath(new URL('./scenes.html', import.meta.url)) },
  },
});
