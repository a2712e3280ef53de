/** Numbers that every contender computes for itself, the same in each language: in [−1, 1), in no order. */
export function numbers(count: number, salt: number, scale = 1): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const once = Math.imul(i + 1 + 1_000_003 * salt, 2654435761) >>> 0;
    const twice = Math.imul(once ^ (once >>> 15), 2246822519) >>> 0;
    return scale * (((twice ^ (twice >>> 13)) >>> 0) / 2 ** 31 - 1);
  });
}

/** A parameter as it is before the first step. */
export interface Parameter {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Rows and their labels, one of ten. */
export interface Batch {
  x: Float32Array;
  labels: Int32Array;
}

/** A network, and batches to train it on in turn. */
export interface Problem {
  inputShape: number[];
  batchSize: number;
  parameters: Parameter[];
  batches: Batch[];
}

export const CLASSES = 10;
export const LEARNING_RATE = 1e-3;
/** How much of the running statistics a step keeps, and what keeps a variance away from zero. */
export const BATCH_NORM = { momentum: 0.9, epsilon: 1e-5 };
const BATCHES = 4;

/** Weights between the widths, each layer with a bias. */
const mlpWidths = [32, 64, 64, CLASSES];

export const mlpProblem = (batchSize = 64): Problem => ({
  inputShape: [mlpWidths[0] as number],
  batchSize,
  parameters: mlpWidths.slice(1).flatMap((to, i) => dense(`dense${i}`, mlpWidths[i] as number, to, i)),
  batches: batchesOf(batchSize, mlpWidths[0] as number),
});

/** Images of side×side×1, two convolutions of 3×3, each with a bias, batch norm, relu and 2×2 max pooling, and a dense layer. */
export const cnnChannels = [16, 32] as const;

export const cnnProblem = (batchSize = 32, side = 28): Problem => ({
  inputShape: [side, side, 1],
  batchSize,
  parameters: [
    ...convolution('conv0', 1, cnnChannels[0], 10),
    ...convolution('conv1', cnnChannels[0], cnnChannels[1], 11),
    ...dense('dense', (side / 4) ** 2 * cnnChannels[1], CLASSES, 12),
  ],
  batches: batchesOf(batchSize, side * side),
});

/** The same network on a few images of 8×8: what a software adapter can take a few hundred steps of. */
export const smallCnnProblem = (): Problem => cnnProblem(4, 8);

function dense(name: string, from: number, to: number, salt: number): Parameter[] {
  return [
    { name: `${name}/kernel`, shape: [from, to], values: numbers(from * to, salt, Math.sqrt(3 / from)) },
    { name: `${name}/bias`, shape: [to], values: new Float32Array(to) },
  ];
}

function convolution(name: string, from: number, to: number, salt: number): Parameter[] {
  const fanIn = 9 * from;
  return [
    { name: `${name}/kernel`, shape: [3, 3, from, to], values: numbers(fanIn * to, salt, Math.sqrt(6 / fanIn)) },
    { name: `${name}/bias`, shape: [to], values: new Float32Array(to) },
    { name: `${name}/gamma`, shape: [to], values: new Float32Array(to).fill(1) },
    { name: `${name}/beta`, shape: [to], values: new Float32Array(to) },
  ];
}

function batchesOf(batchSize: number, features: number): Batch[] {
  return Array.from({ length: BATCHES }, (_, i) => ({
    x: numbers(batchSize * features, 100 + i),
    labels: Int32Array.from({ length: batchSize }, (_, row) => (7 * row + 3 * i) % CLASSES),
  }));
}

/** Labels as rows of zeros and a one. */
export function oneHot(labels: Int32Array): Float32Array {
  const rows = new Float32Array(labels.length * CLASSES);
  labels.forEach((label, row) => {
    rows[row * CLASSES + label] = 1;
  });
  return rows;
}
