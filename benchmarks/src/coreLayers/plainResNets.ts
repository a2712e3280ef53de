import * as tf from '@tensorflow/tfjs';

/** He et al.'s residual networks in stock tf.layers, with PyTorch's paddings: what a user of tfjs alone would write. */

interface Sizes {
  inputShape: [number, number, number];
  classes: number;
  /** How many blocks each stage has; the first of all but the first stage halves the image and doubles the filters. */
  blocks: readonly number[];
  /** Filters of the first stage. */
  width: number;
  /** A window of 7 × 7 and a pool, or one of 3 × 3. */
  stem: 'large' | 'small';
}

const convolution = (filters: number, kernelSize: number, strides: number, padding: 'same' | 'valid') =>
  tf.layers.conv2d({ filters, kernelSize, strides, padding, useBias: false, kernelInitializer: 'heNormal' });

const norm = () => tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5 });
const relu = () => tf.layers.activation({ activation: 'relu' });

/** Zeros on every side and a window that moves by 2: `same` would pad below and on the right alone. */
function halved(x: tf.SymbolicTensor, filters: number, kernelSize: number): tf.SymbolicTensor {
  const padding = (kernelSize - 1) / 2;
  const padded =
    padding === 0
      ? x
      : tf.layers
          .zeroPadding2d({
            padding: [
              [padding, padding],
              [padding, padding],
            ],
          })
          .apply(x);
  return convolution(filters, kernelSize, 2, 'valid').apply(padded) as tf.SymbolicTensor;
}

function block(x: tf.SymbolicTensor, filters: number, halves: boolean): tf.SymbolicTensor {
  const first = halves ? halved(x, filters, 3) : (convolution(filters, 3, 1, 'same').apply(x) as tf.SymbolicTensor);
  const hidden = relu().apply(norm().apply(first));
  const second = norm().apply(convolution(filters, 3, 1, 'same').apply(hidden));
  const shortcut = halves ? norm().apply(halved(x, filters, 1)) : x;
  return relu().apply(tf.layers.add().apply([second, shortcut] as tf.SymbolicTensor[])) as tf.SymbolicTensor;
}

function resNet({ inputShape, classes, blocks, width, stem }: Sizes): tf.LayersModel {
  const inputs = tf.input({ shape: inputShape });
  const first = stem === 'large' ? halved(inputs, width, 7) : convolution(width, 3, 1, 'same').apply(inputs);
  let x = relu().apply(norm().apply(first as tf.SymbolicTensor)) as tf.SymbolicTensor;
  if (stem === 'large') {
    const padding: [[number, number], [number, number]] = [
      [1, 1],
      [1, 1],
    ];
    const padded = tf.layers.zeroPadding2d({ padding }).apply(x); // after a relu nothing is below zero
    x = tf.layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(padded) as tf.SymbolicTensor;
  }
  for (const [stage, count] of blocks.entries()) {
    for (let i = 0; i < count; i++) x = block(x, width * 2 ** stage, stage > 0 && i === 0);
  }
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x);
  return tf.model({ inputs, outputs: tf.layers.dense({ units: classes }).apply(pooled) as tf.SymbolicTensor });
}

/** ResNet-18 for images of 224 × 224. */
export const plainResNet18 = (): tf.LayersModel =>
  resNet({ inputShape: [224, 224, 3], classes: 1000, blocks: [2, 2, 2, 2], width: 64, stem: 'large' });

/** The `smallResNet` of @tenonjs/core-layers: 28 × 28, three stages of one block. */
export const plainSmallResNet = (): tf.LayersModel =>
  resNet({ inputShape: [28, 28, 1], classes: 10, blocks: [1, 1, 1], width: 16, stem: 'small' });
