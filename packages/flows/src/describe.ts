import * as tf from '@tensorflow/tfjs-core';
import { type Bijector, type MapOptions, trainableOf } from './bijector';
import type { Flow } from './flow';
import { singularValues } from './linear/singularValues';

export interface LayerDescription {
  /** What it is. */
  name: string;
  /** The shapes of a latent point before it and of a point behind it. */
  from: number[];
  to: number[];
  /** How many numbers training may change. */
  parameters: number;
  /** The largest condition number of its Jacobian at the points; undefined where events are too large to see. */
  condition: number | undefined;
}

export interface FlowDescription {
  /** In reading order from latent to data. */
  layers: LayerDescription[];
  /** How many numbers training may change in all. */
  parameters: number;
  /** All this as a table. */
  text: string;
}

export interface DescribeOptions extends MapOptions {
  /** At how many latent points Jacobians are taken, drawn from the base. Default: 4. */
  points?: number;
  /** Of the draws. Default: 0. */
  seed?: number;
  /** Events of more numbers have no condition numbers. Default: 64. */
  largest?: number;
}

/** The step of finite differences. */
const STEP = 1e-2;

/**
 * What a flow is made of: its layers with their shapes, parameters and condition numbers – the ratio of the most and the
 * least that a layer stretches near a point, which says how many digits a round trip loses: of float32's seven, log₁₀ of it.
 *
 * @param options.context - of a conditional flow, [1, n].
 * @returns layers in reading order from latent to data, and a table to print.
 *
 * @example
 * console.log((await describe(flow)).text);
 */
export async function describe(flow: Flow, options: DescribeOptions = {}): Promise<FlowDescription> {
  const { points = 4, seed = 0, largest = 64, ...given } = options;
  const steps = stepsOf(flow.bijector);
  let z = flow.base.sample(points, { seed });
  const layers: LayerDescription[] = [];
  for (const step of steps) {
    const value = tf.tidy(() => step.forward(z, { ...given, seed }).value);
    const parameters = trainableOf(step.variables).reduce((sum, variable) => sum + variable.size, 0);
    const [from, to] = [z.shape.slice(1), value.shape.slice(1)];
    const size = z.size / points;
    const condition =
      size <= largest ? await conditionOf((at) => step.forward(at, { ...given, seed }).value, z) : undefined;
    layers.push({ name: nameOf(step), from, to, parameters, condition });
    z.dispose();
    z = value;
  }
  z.dispose();
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return { layers, parameters, text: tableOf(layers, parameters) };
}

/** The steps of a chain, and of chains within it. */
const stepsOf = (bijector: Bijector): Bijector[] =>
  'steps' in bijector ? (bijector.steps as Bijector[]).flatMap(stepsOf) : [bijector];

const nameOf = (step: Bijector): string => step.name ?? step.constructor.name;

/** The largest condition number at the points: of Jacobians by central differences. */
async function conditionOf(f: (z: tf.Tensor) => tf.Tensor, z: tf.Tensor): Promise<number> {
  const [n, ...event] = z.shape as [number, ...number[]];
  const D = z.size / n;
  const differences = tf.tidy(() => {
    const steps = tf.mul(STEP, tf.eye(D)); // one number moved in each row
    const rows = tf.reshape(z, [n, 1, D]);
    const at = (sign: 1 | -1) => f(tf.reshape(tf.add(rows, tf.mul(sign, tf.expandDims(steps, 0))), [n * D, ...event]));
    return tf.reshape(tf.div(tf.sub(at(1), at(-1)), 2 * STEP), [n, D, D]); // [point, moved number, number]
  });
  const jacobians = (await differences.array()) as number[][][];
  differences.dispose();
  const conditions = jacobians.map((jacobian) => {
    const values = singularValues(jacobian);
    return Math.max(...values) / Math.min(...values);
  });
  return Math.max(...conditions);
}

function tableOf(layers: LayerDescription[], parameters: number): string {
  const rows = layers.map(({ name, from, to, parameters, condition }, i) => {
    const shape = from.join() === to.join() ? `[${from.join(', ')}]` : `[${from.join(', ')}] → [${to.join(', ')}]`;
    return [String(i), name, shape, parameters.toLocaleString('en'), condition?.toPrecision(3) ?? '–'];
  });
  const all = [['', 'layer', 'shape', 'parameters', 'condition'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 1 || i === 2 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)));
  return [...all.map((row) => line(row).join('  ').trimEnd()), `${parameters.toLocaleString('en')} parameters`].join(
    '\n',
  );
}
