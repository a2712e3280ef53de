import { createRandom, deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';

/** Where an object lies: its first row and column; it is SIDE pixels high and wide. */
export interface Planted {
  image: number;
  label: number;
  top: number;
  left: number;
}

export const SIZE = 24;
export const SIDE = 7;

/** A cross, a block: SIDE × SIDE pixels. */
const SHAPES: ((row: number, column: number) => boolean)[] = [(row, column) => row === 3 || column === 3, () => true];

/**
 * Noisy pictures [n, 24, 24, 1] with a cross (class 0), a block (class 1), both, or neither (class 2) somewhere in them, by
 * turns; which classes hold, [n, 3].
 */
export function plantedObjects(n: number, seed: number): { x: tf.Tensor4D; y: tf.Tensor2D; objects: Planted[] } {
  const random = createRandom(deriveSeed(seed, 0));
  const drawn = new Float32Array(n * SIZE * SIZE);
  const holds = Array.from(
    { length: n },
    (_, i) =>
      [
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
        [0, 0, 1],
      ][i % 4] as number[],
  );
  const objects: Planted[] = [];
  for (let image = 0; image < n; image++) {
    for (const label of [0, 1].filter((each) => holds[image]?.[each])) {
      const before = objects.filter((other) => other.image === image);
      let placed: Planted;
      do {
        const [top, left] = [random.integer(SIZE - SIDE + 1), random.integer(SIZE - SIDE + 1)];
        placed = { image, label, top, left };
      } while (
        before.some(({ top, left }) => Math.max(Math.abs(top - placed.top), Math.abs(left - placed.left)) < SIDE)
      );
      objects.push(placed);
      for (let i = 0; i < SIDE * SIDE; i++) {
        const [row, column] = [Math.floor(i / SIDE), i % SIDE];
        if (SHAPES[label]?.(row, column)) drawn[(image * SIZE + placed.top + row) * SIZE + placed.left + column] = 1;
      }
    }
  }
  const x = tf.tidy(() => {
    const noise = randomNormal([n, SIZE, SIZE, 1], { seed: deriveSeed(seed, 1), std: 0.15 });
    return tf.add(tf.tensor4d(drawn, [n, SIZE, SIZE, 1]), noise) as tf.Tensor4D;
  });
  return { x, y: tf.tensor2d(holds), objects };
}

/** A small network that tells them apart, trained from the same start in the same order: a few seconds on wasm. */
export async function trainedNetwork(steps = 220): Promise<tf.LayersModel> {
  const conv = (name: string, filters: number, kernelSize: number, seed: number, inputShape?: number[]) =>
    tf.layers.conv2d({
      name,
      filters,
      kernelSize,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: tf.initializers.heNormal({ seed }),
      ...(inputShape && { inputShape }),
    });
  const model = tf.sequential({
    layers: [
      conv('conv1', 8, 3, 1, [SIZE, SIZE, 1]),
      tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
      conv('conv2', 16, 3, 2),
      conv('conv3', 16, 1, 3),
      tf.layers.globalAveragePooling2d({ name: 'gap' }),
      tf.layers.dense({
        name: 'scores',
        units: 3,
        activation: 'sigmoid',
        kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }),
      }),
    ],
  });
  const { x, y } = plantedObjects(600, 1);
  const optimizer = tf.train.adam(0.01);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const batch = 60;
  for (let step = 0; step < steps; step++) {
    const first = (step * batch) % 600;
    optimizer.minimize(
      () => {
        const output = model.apply(tf.slice(x, first, batch), { training: true }) as tf.Tensor;
        const truth = tf.slice(y, first, batch);
        const right = tf.add(tf.mul(truth, output), tf.mul(tf.sub(1, truth), tf.sub(1, output)));
        return tf.neg(tf.mean(tf.log(tf.add(right, 1e-6)))) as tf.Scalar;
      },
      false,
      variables,
    );
  }
  tf.dispose([x, y]);
  optimizer.dispose();
  return model;
}
