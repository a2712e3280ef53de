import { stripTypeScriptTypes } from 'node:module';
import * as coreLayers from '@tenonjs/core-layers';
import * as datasets from '@tenonjs/datasets';
import * as runtime from '@tenonjs/runtime';
import * as training from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { codeOf } from './codeOf';
import { defaults } from './settings';
import { kindNames, type Stack, usualBlock } from './stack/blocks';
import { outlineOf } from './stack/figures';
import { presets } from './stack/presets';

const everyKind: Stack = [
  ...kindNames.filter((kind) => !['flatten', 'globalPool', 'dense'].includes(kind)),
  'globalPool' as const,
  'dense' as const,
].map(usualBlock);

/** What the program imports: fewer digits, one epoch, and no wait for a GPU. */
const modules: Record<string, unknown> = {
  '@tensorflow/tfjs': tf,
  '@tenonjs/core-layers': coreLayers,
  '@tenonjs/datasets': { digits: (_: number, options: { seed: number }) => datasets.digits(64, options) },
  '@tenonjs/runtime': { initDevice: () => runtime.initDevice({ prefer: ['wasm'] }) },
  '@tenonjs/training': {
    ...training,
    fit: (model: coreLayers.TrainableModel, data: training.Batch, options: training.FitOptions<training.Batch>) =>
      training.fit(model, data, { ...options, epochs: 1 }),
  },
};

/** Runs a program in TypeScript, its imports taken from `modules`. */
async function run(code: string): Promise<void> {
  const body = stripTypeScriptTypes(code)
    .replace(/import \* as (\w+) from '(.+?)';/g, "const $1 = modules['$2'];")
    .replace(/import \{([^}]*)\} from '(.+?)';/g, "const {$1} = modules['$2'];");
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (given: unknown) => Promise<void>;
  await new AsyncFunction('modules', body)(modules);
}

test.each([
  ...Object.entries(presets).map(([name, { stack }]) => [name, stack] as const),
  ['every kind', everyKind] as const,
])('the code on the page builds and trains the same network: %s', async (_, stack) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { blocks, total } = outlineOf(stack);
  const { weights, statistics } = total;
  await run(codeOf({ ...defaults, stack }));
  const lines = log.mock.calls.map(([line]) => line);
  log.mockRestore();
  expect(lines).toContain(`Total params: ${weights + statistics}`);
  expect(lines).toContain(`Trainable params: ${weights}`);
  for (const figures of blocks) expect(lines.join('\n')).toContain(`[null,${figures?.shape}]`);
  expect((lines.at(-1) as number[]).every(Number.isFinite)).toBe(true);
});
