import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath } from './tools/chromium.ts';

/** Workspace packages are tested from their sources: no build stands between a change and its test. */
const conditions = ['source', 'module', 'browser', 'development|production'];

/** How Node's tests find their modules. */
const inNode = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
};

/** Tests that take minutes, in a run of their own. */
const slow = 'packages/*/src/**/*.slow.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        ...inNode,
        test: {
          name: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'benchmarks/src/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: [slow],
          pool: 'forks',
          // A guard against what never ends, not a clock: a software adapter compiles kernels on the cores that run the test.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...inNode,
        test: {
          name: 'slow',
          include: [slow],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { conditions },
        optimizeDeps: {
          include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'],
        },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.ts'],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: { executablePath: chromiumPath() ?? '', args: chromiumFlags } }),
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['apps/*/e2e/**/*.e2e.ts'],
          pool: 'forks',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } }, // likewise: a page waits for its worker, and both for a processor
          fileParallelism: false,
        },
      },
    ],
  },
});
