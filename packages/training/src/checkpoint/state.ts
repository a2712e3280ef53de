import { readSafetensors, type SafetensorsEntry, writeSafetensors } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Callback } from '../callbacks/callback';
import type { History } from '../history';

/** How far a run has come. */
export interface Progress {
  /** The epoch that is under way, counted from 1, and how many of its batches are done. */
  epoch: number;
  batchesDone: number;
  /** Σ loss · rows and Σ rows over those batches. */
  lossSum: number;
  rows: number;
  /** Steps since the run began. */
  step: number;
  history: History;
}

/** What a resumed run must have in common with the one that was saved. */
export interface RunIdentity {
  seed: number;
  batchSize: number;
}

/** What a checkpoint is taken of and given back to. */
export interface Owners {
  variables: readonly tf.Variable[];
  optimizer: tf.Optimizer;
  callbacks: readonly Callback[];
}

interface Saved extends RunIdentity {
  progress: Progress;
  optimizerNames: string[];
  callbacks: (Record<string, unknown> | null)[];
}

/** The whole state of a run as the bytes of a safetensors file. */
export async function saveState(
  { variables, optimizer, callbacks }: Owners,
  identity: RunIdentity,
  progress: Progress,
): Promise<Uint8Array<ArrayBuffer>> {
  const weights = await optimizer.getWeights();
  const states = callbacks.map((callback) => callback.getState?.() ?? null);
  const named: [string, tf.Tensor][] = [
    ...variables.map((tensor, i): [string, tf.Tensor] => [`variable.${i}`, tensor]),
    ...weights.map(({ tensor }, i): [string, tf.Tensor] => [`optimizer.${i}`, tensor]),
    ...states.flatMap((state, i) =>
      (state?.tensors ?? []).map((tensor, j): [string, tf.Tensor] => [`callback.${i}.${j}`, tensor]),
    ),
  ];
  const entries = await Promise.all(named.map(async ([name, tensor]) => [name, await entryOf(tensor)] as const));
  const saved: Saved = {
    ...identity,
    progress,
    optimizerNames: weights.map(({ name }) => name),
    callbacks: states.map((state) => state?.values ?? null),
  };
  return writeSafetensors(Object.fromEntries(entries), { format: 'tenon checkpoint', state: JSON.stringify(saved) });
}

/**
 * Gives a run its saved state back, all of it or nothing.
 *
 * @returns how far the saved run had come.
 * @throws RangeError that lists everything that does not fit.
 */
export async function loadState(
  { variables, optimizer, callbacks }: Owners,
  identity: RunIdentity,
  bytes: Uint8Array,
): Promise<Progress> {
  const { tensors, metadata } = readSafetensors(bytes, 'the checkpoint');
  if (metadata.format !== 'tenon checkpoint' || metadata.state === undefined) {
    throw new RangeError('fit: resume must be a checkpoint that fit wrote, got another safetensors file');
  }
  const saved = JSON.parse(metadata.state) as Saved;
  const wrong = [
    ...(['seed', 'batchSize'] as const)
      .filter((key) => saved[key] !== identity[key])
      .map((key) => `${key} was ${saved[key]}, now ${identity[key]}`),
    ...(saved.callbacks.length === callbacks.length
      ? []
      : [`there were ${saved.callbacks.length} callbacks, now ${callbacks.length}`]),
    ...misfits(variables, tensors),
  ];
  if (wrong.length > 0) {
    throw new RangeError(`fit: resume must be a checkpoint of the same run; ${wrong.join('; ')}`);
  }

  const made: tf.Tensor[] = [];
  const tensorAt = (name: string): tf.Tensor => {
    const { shape, data } = tensors[name] as SafetensorsEntry;
    const tensor = tf.tensor(
      data as Float32Array | Int32Array,
      shape,
      data instanceof Int32Array ? 'int32' : 'float32',
    );
    made.push(tensor);
    return tensor;
  };
  try {
    await optimizer.setWeights(saved.optimizerNames.map((name, i) => ({ name, tensor: tensorAt(`optimizer.${i}`) })));
    variables.forEach((variable, i) => {
      variable.assign(tensorAt(`variable.${i}`));
    });
    callbacks.forEach((callback, i) => {
      const values = saved.callbacks[i];
      if (!values) return;
      const count = Object.keys(tensors).filter((name) => name.startsWith(`callback.${i}.`)).length;
      callback.setState?.({ values, tensors: Array.from({ length: count }, (_, j) => tensorAt(`callback.${i}.${j}`)) });
    });
  } finally {
    tf.dispose(made);
  }
  return saved.progress;
}

function misfits(variables: readonly tf.Variable[], tensors: Record<string, SafetensorsEntry>): string[] {
  const count = Object.keys(tensors).filter((name) => name.startsWith('variable.')).length;
  if (count !== variables.length) return [`there were ${count} variables, now ${variables.length}`];
  return variables.flatMap(({ shape }, i) => {
    const entry = tensors[`variable.${i}`];
    if (entry?.shape.join() === shape.join()) return [];
    return [`variable ${i} was [${entry?.shape.join(', ')}], now [${shape.join(', ')}]`];
  });
}

async function entryOf(tensor: tf.Tensor): Promise<SafetensorsEntry> {
  return { shape: tensor.shape, data: await tensor.data<'float32' | 'int32'>() };
}
