import { defineConfig } from 'vite';
import { frame, inputs } from './src/frame/frame.ts';

/** Workspace packages are served and built from their sources: no build stands between a change and the page. */
const conditions = ['source', 'module', 'browser', 'development|production'];

export default defineConfig({
  base: './', // the built pages work under any path
  plugins: [frame()],
  resolve: { conditions },
  worker: { format: 'es' },
  // Found only inside the worker, where vite's dev server would otherwise meet them too late.
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-core/dist/register_all_gradients.js',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-layers',
      'uplot',
    ],
  },
  build: { target: 'es2022', rolldownOptions: { input: inputs } },
});
