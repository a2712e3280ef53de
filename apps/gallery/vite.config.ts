import { defineConfig } from 'vite';

/** Workspace packages are served and built from their sources: no build stands between a change and the page. */
const conditions = ['source', 'module', 'browser', 'development|production'];

export default defineConfig({
  base: './', // the built pages work under any path
  resolve: { conditions },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: ['index.html', 'flows-in-the-plane/index.html'],
    },
  },
});
