// How the pages are built: into dist/web, one chunk for what every view needs, nothing inline (the pages' security policy
// allows none) and nothing from elsewhere.

import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Kilobytes before packing; packed, the first view has to stay below 220.
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        agent: path.join(import.meta.dirname, 'agent.html'),
        console: path.join(import.meta.dirname, 'console.html'),
      },
    },
  },
});
