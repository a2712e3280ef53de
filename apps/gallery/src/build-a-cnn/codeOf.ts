import type { Run } from './settings';
import type { Block } from './stack/blocks';
import { inceptionWidths } from './stack/figures';

/** The program that builds and trains the same network. */
export function codeOf({ stack, learningRate, batchSize, seed }: Omit<Run, 'backend'>): string {
  const used = new Set(['categoricalCrossentropy', 'Dense', 'trainableModel']);
  const lines = stack.map((block, i) => {
    const x = i === 0 ? 'digit' : `x${i}`;
    const { from, code } = codeOfBlock(block, x, seed + i);
    if (from !== undefined) used.add(from);
    return `const x${i + 1} = ${code};`;
  });
  const last = stack.length === 0 ? 'digit' : `x${stack.length}`;
  const names = [...used].sort((a, b) => a.localeCompare(b)).map((name) => `  ${name},\n`);
  return `import * as tf from '@tensorflow/tfjs';
import {
${names.join('')}} from '@tenonjs/core-layers';
import { digits } from '@tenonjs/datasets';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';

await initDevice(); // WebGPU, else WebAssembly, else plain JavaScript

const put = (x: tf.SymbolicTensor, layer: tf.layers.Layer) => layer.apply(x) as tf.SymbolicTensor;
const digit = tf.input({ shape: [28, 28, 1] });
${lines.map((line) => `${line}\n`).join('')}const logits = put(${last}, new Dense({ units: 10, seed: ${seed + stack.length} }));
const model = tf.model({ inputs: digit, outputs: logits });
model.summary();

const { images, labels } = digits(1600, { seed: ${seed} }); // drawn ones; readIdx reads MNIST's files
const loss = (y: tf.Tensor, p: tf.Tensor) => categoricalCrossentropy(y, p, { fromLogits: true });
const history = await fit(trainableModel(model, loss), { x: tf.div(images, 255), y: labels }, {
  optimizer: adam({ learningRate: ${learningRate} }),
  epochs: 5,
  batchSize: ${batchSize},
  seed: ${seed},
});
console.log(history.loss); // a mean for each epoch
`;
}

/** One block, put on x; `from` is what it takes of core-layers. */
function codeOfBlock(block: Block, x: string, seed: number): { from?: string; code: string } {
  const layer = (from: string, options: string) => ({ from, code: `put(${x}, new ${from}(${options}))` });
  switch (block.kind) {
    case 'conv': {
      const { filters, kernel, stride, padding, activation, norm } = block;
      const window = `filters: ${filters}, kernelSize: ${kernel}, strides: ${stride}, padding: '${padding}'`;
      const rest = `activation: '${activation}', normalization: '${norm}', seed: ${seed}`;
      return layer(
        'Conv2DNormActivation',
        `{
  ${window},
  ${rest},
}`,
      );
    }
    case 'maxPool':
      return layer('MaxPooling2D', `{ poolSize: ${block.size}, strides: ${block.stride} }`);
    case 'averagePool':
      return layer('AveragePooling2D', `{ poolSize: ${block.size}, strides: ${block.stride} }`);
    case 'residual': {
      const options = `{ filters: ${block.filters}, strides: ${block.stride}, seed: ${seed} }`;
      return { from: 'residualBlock', code: `residualBlock(${x}, ${options})` };
    }
    case 'inception': {
      const { one, reduce3, three, reduce5, five, pooled } = inceptionWidths(block.filters);
      const options = [
        `filters1x1: ${one}, reduce3x3: ${reduce3}, filters3x3: ${three}`,
        `reduce5x5: ${reduce5}, filters5x5: ${five}, filtersPool: ${pooled}, seed: ${seed}`,
      ];
      return { from: 'inceptionBlock', code: `inceptionBlock(${x}, {\n  ${options.join(',\n  ')},\n})` };
    }
    case 'squeezeExcite':
      return layer('SqueezeExcite', `{ ratio: ${block.ratio}, seed: ${seed} }`);
    case 'dropout':
      return layer('Dropout', `{ rate: ${block.rate} }`);
    case 'globalPool':
      return layer('GlobalAveragePooling2D', '');
    case 'flatten':
      return { code: `put(${x}, tf.layers.flatten())` };
    case 'dense':
      return layer('Dense', `{ units: ${block.units}, activation: '${block.activation}', seed: ${seed} }`);
  }
}
