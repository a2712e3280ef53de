import * as tf from '@tensorflow/tfjs-core';
import { gradientDepth } from '../ops/gradient';
import { makeSoleOwner } from '../ops/soleOwner';
import { type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import { type Tensors, tensorsIn, withTensors } from './containers';
import { firstDifference } from './firstDifference';
import { nothingObserved, type Observation, observe } from './observation';
import { usualBuffers } from './privatePool';
import { record } from './record';
import type { Recording } from './recording';
import type { CaptureError } from './refusal';

export interface CaptureOptions {
  /**
   * Hears why the function cannot be captured. It is then called as it is, in this call and all that follow. Without
   * this, the line that breaks a rule throws.
   */
  onRefused?: (reason: CaptureError) => void;
  /** For how many different shapes of the arguments recordings are kept; the longest unused one goes. Default: 8. */
  shapes?: number;
}

/** A captured function; it is called as the function is. */
export interface Captured<Arguments extends readonly Tensors[], R extends Tensors> {
  (...args: Arguments): R;
  /** How many recordings there are now: one for each set of shapes. */
  readonly recordings: number;
  /** Gives the memory of all recordings back. The function may be called again, and is then recorded anew. */
  dispose(): void;
}

/** What is known of the function for arguments of some shapes. */
interface Known<R> {
  calls: number;
  /** What the call before did. */
  before?: Observation;
  recording?: Recording<R>;
}

/** A function may make its variables in the first call; the second and third must do the same. */
const CALLS_TO_SETTLE = 3;

/**
 * Records what a function does on the GPU and replays it, without the JavaScript of its ops: what CUDA graphs do. The
 * first call runs as it is, the second is recorded, and each later one is one submit. Every call does the function's work
 * once. On wasm and cpu the function is called.
 *
 * A replay gives the same commands again. So inside the function nothing may depend on the host: no number that changes
 * from call to call (pass a tensor, or keep it in a variable), no branching on values, no reading back, no
 * `variable.assign` – variables are updated in place, as the optimizers of @tenonjs/training and `overwrite` do – and no
 * tensor that outlives the call but those returned. Each is found and refused with the line that did it. A number or a
 * branch that changes only after the third call cannot be seen.
 *
 * Memory inside is the recording's own, used again in the recorded order. New shapes are recorded anew; so is everything
 * when a variable that it reads was reassigned outside. Several captured functions may be in use at once.
 *
 * @param fn - tensors (or lists and records of them) in and out; synchronous. Intermediate tensors are disposed.
 * @returns the captured function. Its results are tensors of their own, to be disposed by the caller.
 * @throws CaptureError, when it is called, at the line that breaks a rule; TypeError when an argument or a result is
 *   something else than tensors.
 *
 * @example
 * const optimizer = adam({ learningRate: 1e-3 });
 * const step = capture((x: tf.Tensor, y: tf.Tensor) => {
 *   const { value, grads } = tf.variableGrads(() => loss(x, y));
 *   optimizer.applyGradients(grads);
 *   return value;
 * });
 * for (const [x, y] of batches) step(x, y).dispose();
 */
export function capture<Arguments extends readonly Tensors[], R extends Tensors>(
  fn: (...args: Arguments) => R,
  { onRefused, shapes = 8 }: CaptureOptions = {},
): Captured<Arguments, R> {
  if (!Number.isInteger(shapes) || shapes < 1) {
    throw new RangeError(`capture: shapes must be a positive integer, got ${shapes}`);
  }
  const known = new Map<string, Known<R>>();
  let device: GpuBackend | undefined;
  let refused = false;

  const refuse = (reason: CaptureError): void => {
    if (onRefused === undefined) throw reason;
    refused = true;
    onRefused(reason);
  };
  const dispose = () => {
    for (const { recording } of known.values()) recording?.dispose();
    known.clear();
  };

  /** One of the first calls: the first runs as it is, the next are recorded until one does what the last did. */
  const settle = (backend: GpuBackend, state: Known<R>, args: Arguments, inputs: tf.Tensor[]): R => {
    const strict = onRefused === undefined;
    prepare(backend, inputs);
    state.calls++;
    const { before } = state;
    if (before === undefined) {
      const observation = nothingObserved();
      const result = observe(backend, () => runPlainly(fn, args), {
        observation,
        buffers: usualBuffers(backend),
        strict,
      });
      state.before = observation;
      if (observation.refusals[0] !== undefined) refuse(observation.refusals[0]);
      return result;
    }
    const run = (tensors: readonly tf.Tensor[]) => checked(fn(...withTensors(args, tensors.values())));
    const { observation, result, recording, survivor } = record(backend, run, inputs, strict);
    const [broken] = observation.refusals;
    const unsettled = survivor ?? firstDifference(before, observation);
    if (broken === undefined && unsettled === undefined) {
      state.recording = recording;
      delete state.before; // it holds a stack trace for each command
      return result;
    }
    recording.dispose();
    state.before = observation;
    const reason = broken ?? (state.calls < CALLS_TO_SETTLE ? undefined : unsettled);
    if (reason === undefined) return result;
    if (strict) tf.dispose(tensorsIn(result, 'the result'));
    refuse(reason);
    return result;
  };

  const call = (...args: Arguments): R => {
    if (gradientDepth() > 0) {
      throw new Error('capture: a captured function must not be called inside a gradient; take the gradient inside it');
    }
    const backend = gpuBackend();
    if (backend === undefined || refused || isTimed(backend)) return runPlainly(fn, args);
    if (backend !== device) {
      known.clear(); // a device that is gone took its memory along
      device = backend;
    }
    const inputs = tensorsIn(args, 'the arguments');
    const state = lookUp(known, inputs.map(({ shape, dtype }) => `${dtype} ${shape}`).join('; '), shapes);
    if (state.recording?.fits()) return state.recording.replay(inputs);
    if (state.recording !== undefined) {
      state.recording.dispose();
      state.calls = 0;
      delete state.recording;
      delete state.before;
    }
    return settle(backend, state, args, inputs);
  };

  return Object.defineProperty(Object.assign(call, { dispose }), 'recordings', {
    get: () => [...known.values()].filter(({ recording }) => recording !== undefined).length,
  }) as Captured<Arguments, R>;
}

/** Calls the function as it is; what it returns belongs to the caller alone. */
function runPlainly<Arguments extends readonly Tensors[], R extends Tensors>(
  fn: (...args: Arguments) => R,
  args: Arguments,
): R {
  const given = tensorsIn(args, 'the arguments');
  return tf.tidy(() => {
    const result = checked(fn(...args));
    const own = tensorsIn(result, 'the result').map((tensor) =>
      tensor instanceof tf.Variable || given.includes(tensor) ? tf.clone(tensor) : tensor,
    );
    return withTensors(result, own.values()) as unknown as tf.TensorContainer;
  }) as unknown as R;
}

function checked<R>(result: R): R {
  if (result instanceof Promise) throw new TypeError('capture: fn must be synchronous, got a promise as its result');
  return result;
}

/** While tfjs takes times it must see every kernel. */
const isTimed = (backend: GpuBackend): boolean =>
  backend.activeTimers != null || (tf.engine() as unknown as { state: { profiling: boolean } }).state.profiling;

/** What is known for a key, now the one used last; the one unused for longest goes when there are too many. */
function lookUp<R>(known: Map<string, Known<R>>, key: string, most: number): Known<R> {
  const state = known.get(key) ?? { calls: 0 };
  known.delete(key);
  known.set(key, state);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) {
    known.get(oldest)?.recording?.dispose();
    known.delete(oldest);
  }
  return state;
}

/**
 * Brings variables and arguments into the state that they have in a replay: on the GPU, since tfjs computes small things
 * on the host while they live there, and would leave them out; and variables in memory that nobody shares.
 */
function prepare(backend: GpuBackend, inputs: readonly tf.Tensor[]): void {
  const variables = Object.values(tf.engine().registeredVariables).filter(({ dataId }) =>
    backend.tensorMap.has(dataId),
  );
  for (const { dataId, size, dtype } of [...variables, ...inputs]) {
    if (size > 0 && dtype !== 'string' && dtype !== 'complex64') backend.uploadToGPU(dataId);
  }
  for (const variable of variables) if (variable.size > 0) makeSoleOwner(variable);
}
