import { jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import {
  BATCH_NORM,
  CLASSES,
  cnnChannels,
  cnnProblem,
  LEARNING_RATE,
  mlpProblem,
  numbers,
  oneHot,
  type Parameter,
  type Problem,
  smallCnnProblem,
} from './problems.ts';
import { ADAM_SHAPE, edgeOf, LAYER_NORM, type Step, type StepName } from './step.ts';

/** The steps in jax-js, each under its `jit`, with the rule of optax's Adam. Its functions consume what they are given; `ref` keeps it. */
export function jaxStep(name: StepName, device: GPUDevice): Step {
  const finish = async () => void (await device.queue.onSubmittedWorkDone());
  if (name === 'mlp') return { ...training(mlpProblem(), mlp, {}), finish };
  if (name === 'cnn') return { ...cnnTraining(cnnProblem()), finish };
  if (name === 'smallCnn') return { ...cnnTraining(smallCnnProblem()), finish };
  const { send, value } = smallStep(name);
  return { send, value, finish };
}

type Arrays = Record<string, np.Array>;
type Moments = { mean: Arrays; square: Arrays; count: np.Array };
type Work = Pick<Step, 'send' | 'value'>;
/** Logits, and the running statistics after the step. */
type Network = (x: np.Array, weights: Arrays, running: Arrays) => [np.Array, Arrays];

const mlp: Network = (x, weights, running) => {
  let h = x;
  for (const i of [0, 1, 2]) {
    const sum = np.add(np.matmul(h, weights[`dense${i}/kernel`] as np.Array), weights[`dense${i}/bias`] as np.Array);
    h = i < 2 ? nn.relu(sum) : sum;
  }
  return [h, running];
};

/** Images are [N, C, H, W], filters [O, I, H, W]. */
const cnn: Network = (x, weights, running) => {
  let h = x;
  const after: Arrays = {};
  for (const i of [0, 1]) {
    const part = (what: string) => channels(weights[`conv${i}/${what}`] as np.Array);
    h = np.add(lax.conv(h, weights[`conv${i}/kernel`] as np.Array, [1, 1], 'SAME'), part('bias'));
    const mean = np.mean(h.ref, [0, 2, 3]);
    const centered = np.subtract(h, channels(mean.ref));
    const variance = np.mean(np.square(centered.ref), [0, 2, 3]);
    for (const [what, batch] of [
      ['mean', mean.ref],
      ['variance', variance.ref],
    ] as const) {
      const name = `conv${i}/${what}`;
      after[name] = lax.stopGradient(
        (running[name] as np.Array).mul(BATCH_NORM.momentum).add(batch.mul(1 - BATCH_NORM.momentum)),
      );
    }
    mean.dispose();
    const scale = np.divide(part('gamma'), np.sqrt(channels(variance).add(BATCH_NORM.epsilon)));
    h = nn.relu(np.add(np.multiply(centered, scale), part('beta')));
    h = lax.reduceWindow(h, (window) => np.max(window), [2, 2], [2, 2]);
  }
  const flat = np.reshape(h, [h.shape[0] as number, -1]);
  return [np.add(np.matmul(flat, weights['dense/kernel'] as np.Array), weights['dense/bias'] as np.Array), after];
};

const channels = (values: np.Array): np.Array => np.reshape(values, [1, -1, 1, 1]);

function cnnTraining(problem: Problem): Work {
  const running: Arrays = {};
  for (const { name, values } of problem.parameters) {
    if (!name.endsWith('/gamma')) continue;
    running[name.replace('gamma', 'mean')] = np.zeros([values.length]);
    running[name.replace('gamma', 'variance')] = np.ones([values.length]);
  }
  return training(problem, cnn, running);
}

function training({ inputShape, batchSize, parameters, batches }: Problem, network: Network, running: Arrays): Work {
  const [height, width] = inputShape;
  const data = batches.map(({ x, labels }) => ({
    // One channel: [N, H, W, 1] and [N, 1, H, W] lie in memory alike.
    x: arrayOf(x, width === undefined ? [batchSize, height as number] : [batchSize, 1, height as number, width]),
    y: arrayOf(oneHot(labels), [batchSize, CLASSES]),
  }));
  let weights: Arrays = Object.fromEntries(parameters.map((parameter) => [parameter.name, weightOf(parameter)]));
  const zeros = () => tree.map((w: np.Array) => np.zeros(w.shape), weights) as Arrays;
  let moments: Moments = { mean: zeros(), square: zeros(), count: np.array(0) };
  let loss: np.Array | undefined;

  const lossOf = (weights: Arrays, running: Arrays, x: np.Array, y: np.Array): [np.Array, Arrays] => {
    const [logits, after] = network(x, weights, running);
    return [np.mean(np.subtract(nn.logsumexp(logits.ref, -1), np.sum(np.multiply(logits, y), -1))), after];
  };
  const step = jit((weights: Arrays, moments: Moments, running: Arrays, x: np.Array, y: np.Array) => {
    const [[loss, after], gradients] = valueAndGrad(lossOf, { hasAux: true })(tree.ref(weights), running, x, y);
    const [updated, next] = adam(weights, gradients as Arrays, moments);
    return [updated, next, after, loss] as [Arrays, Moments, Arrays, np.Array];
  });
  let statistics = running;
  let count = 0;
  return {
    send() {
      const { x, y } = data[count++ % data.length] as (typeof data)[number];
      loss?.dispose();
      [weights, moments, statistics, loss] = step(weights, moments, statistics, x.ref, y.ref);
      submit(loss);
    },
    value: () => firstOf(loss),
  };
}

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** optax's Adam: the count lives on the device. */
function adam(weights: Arrays, gradients: Arrays, { mean, square, count }: Moments): [Arrays, Moments] {
  const steps = count.add(1);
  const correction = (beta: number) => np.subtract(1, np.power(beta, steps.ref));
  const [first, second] = [correction(BETA1), correction(BETA2)];
  const means = each((m, g) => m.mul(BETA1).add(g.mul(1 - BETA1)), mean, tree.ref(gradients));
  const squares = each((v, g) => v.mul(BETA2).add(np.square(g).mul(1 - BETA2)), square, gradients);
  const updated = each(
    (w, m, v) =>
      w.sub(
        m
          .div(first.ref)
          .mul(LEARNING_RATE)
          .div(np.sqrt(v.div(second.ref)).add(EPSILON)),
      ),
    weights,
    tree.ref(means),
    tree.ref(squares),
  );
  first.dispose();
  second.dispose();
  return [updated, { mean: means, square: squares, count: steps }];
}

const each = (fn: (...arrays: np.Array[]) => np.Array, first: Arrays, ...rest: Arrays[]): Arrays =>
  tree.map(fn, first, ...rest) as Arrays;

function smallStep(name: StepName): Work {
  if (name === 'adam') return adamStep();
  if (name.startsWith('matMul')) {
    const edge = edgeOf(name);
    const [a, b] = [1, 2].map((salt) => arrayOf(numbers(edge * edge, salt), [edge, edge])) as [np.Array, np.Array];
    const product = jit(np.matmul);
    return resultOf(() => product(a.ref, b.ref));
  }
  const { rows, columns, epsilon } = LAYER_NORM;
  const x = arrayOf(numbers(rows * columns, 1), [rows, columns]);
  const gamma = arrayOf(numbers(columns, 2), [columns]);
  const beta = arrayOf(numbers(columns, 3), [columns]);
  const layerNorm = (x: np.Array, gamma: np.Array, beta: np.Array) =>
    np.add(np.multiply(nn.standardize(x, -1, { epsilon }), gamma), beta);
  if (name === 'layerNorm') {
    const forward = jit(layerNorm);
    return resultOf(() => forward(x.ref, gamma.ref, beta.ref));
  }
  const dy = arrayOf(numbers(rows * columns, 4), [rows, columns]);
  const backward = jit(
    (x: np.Array, gamma: np.Array, beta: np.Array, dy: np.Array) =>
      valueAndGrad(
        (x: np.Array, gamma: np.Array, beta: np.Array, dy: np.Array) =>
          np.sum(np.multiply(layerNorm(x, gamma, beta), dy)),
        {
          argnums: [0, 1, 2],
        },
      )(x, gamma, beta, dy)[1],
  );
  return resultOf(() => {
    const [dx, ...others] = backward(x.ref, gamma.ref, beta.ref, dy.ref) as np.Array[];
    tree.dispose(others);
    return dx as np.Array;
  });
}

function adamStep(): Work {
  const size = ADAM_SHAPE[0] * ADAM_SHAPE[1];
  const gradient = arrayOf(numbers(size, 2), ADAM_SHAPE);
  let weights: Arrays = { w: arrayOf(numbers(size, 1), ADAM_SHAPE) };
  let moments: Moments = { mean: { w: np.zeros(ADAM_SHAPE) }, square: { w: np.zeros(ADAM_SHAPE) }, count: np.array(0) };
  const step = jit((weights: Arrays, moments: Moments, gradient: np.Array) => adam(weights, { w: gradient }, moments));
  return {
    send() {
      [weights, moments] = step(weights, moments, gradient.ref) as [Arrays, Moments];
      submit(weights.w as np.Array);
    },
    value: () => firstOf(weights.w),
  };
}

function resultOf(fn: () => np.Array): Work {
  let result: np.Array | undefined;
  return {
    send() {
      result?.dispose();
      result = fn();
      submit(result);
    },
    value: () => firstOf(result),
  };
}

/** jax-js is lazy: what its jit returns is sent when somebody asks for it. All results of one call go together. */
const submit = (array: np.Array): void => void array.ref.gpuBufferSync();

const arrayOf = (values: Float32Array, shape: number[]): np.Array =>
  np.reshape(np.array(values as Float32Array<ArrayBuffer>), shape);

/** A parameter in jax-js's order: filters [H, W, I, O] become [O, I, H, W], and so do the features of what follows. */
function weightOf({ name, shape, values }: Parameter): np.Array {
  const array = arrayOf(values, shape);
  if (shape.length === 4) return np.transpose(array, [3, 2, 0, 1]);
  if (name !== 'dense/kernel') return array;
  const channels = cnnChannels[1];
  const side = Math.sqrt((shape[0] as number) / channels);
  return np.reshape(np.transpose(np.reshape(array, [side, side, channels, CLASSES]), [2, 0, 1, 3]), shape);
}

const firstOf = async (array: np.Array | undefined): Promise<number> =>
  (await (array as np.Array).ref.data())[0] as number;
