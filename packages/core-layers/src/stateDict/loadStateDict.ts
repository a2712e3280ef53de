import { overwrite, type SafetensorsEntry } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { fromTorch } from './order';
import { type Slot, slotsOf } from './slots';

/** Arrays by name, as `readSafetensors` gives them. */
export type StateDict = Readonly<Record<string, Pick<SafetensorsEntry, 'shape' | 'data' | 'dtype'>>>;

export interface LoadStateDictOptions {
  /** Whose names and layouts they are. */
  source: 'torch';
  /** Modules that stay as they are, whether or not the file has them: `['fc']` for other classes, `['aux1', 'aux2']`. */
  ignore?: readonly string[];
}

/**
 * Sets the weights of a model from a state dict of PyTorch: kernels of convolutions from OIHW, of dense layers transposed,
 * those after a flattened image put in its order, running statistics. All weights are set, or none.
 *
 * @param model - whose layers are called like PyTorch's modules, as all architectures of this package are.
 * @param tensors - by PyTorch's names; `num_batches_tracked` may be there, and is not needed.
 * @throws RangeError that lists everything that is missing, unexpected, of another shape or no float.
 *
 * @example
 * const { tensors } = readSafetensors(await readFile('resnet18.safetensors'));
 * loadStateDict(resNet18(), tensors, { source: 'torch' });
 */
export function loadStateDict(
  model: LayersModel,
  tensors: StateDict,
  { source, ignore = [] }: LoadStateDictOptions,
): void {
  if (source !== 'torch') complain('loadStateDict', 'source', 'torch', source);
  if (typeof tensors !== 'object' || tensors === null) complain('loadStateDict', 'tensors', 'arrays by name', tensors);
  if (!Array.isArray(ignore)) complain('loadStateDict', 'ignore', 'a list of modules', ignore);
  const isIgnored = (key: string) => ignore.some((module) => key === module || key.startsWith(`${module}.`));
  const { slots, counters } = slotsOf(model);
  const wanted = slots.filter(({ key }) => !isIgnored(key));
  const known = new Set([...wanted.map(({ key }) => key), ...counters]);
  const wrong = [
    ...wanted.filter(({ key }) => !Object.hasOwn(tensors, key)).map(({ key, shape }) => `${key} [${shape}] is missing`),
    ...Object.keys(tensors)
      .filter((key) => !known.has(key) && !isIgnored(key))
      .map((key) => `${key} [${tensors[key]?.shape}] is unexpected`),
    ...wanted.flatMap((slot) => misfit(slot, tensors)),
  ];
  if (wrong.length > 0) {
    throw new RangeError(`loadStateDict: tensors must be those of ${model.name}; ${wrong.join('; ')}`);
  }
  for (const { key, variable, order } of wanted) {
    const { data } = tensors[key] as SafetensorsEntry;
    const floats = data instanceof Float32Array ? data : new Float32Array(data as Float64Array);
    tf.tidy(() => overwrite(variable, tf.tensor(fromTorch(floats, order), variable.shape, 'float32')));
  }
}

/** What is wrong with the tensor of a slot, if it is there. */
function misfit({ key, shape }: Slot, tensors: StateDict): string[] {
  if (!Object.hasOwn(tensors, key)) return [];
  const { shape: given, data } = (tensors[key] ?? {}) as Partial<SafetensorsEntry>;
  if (!Array.isArray(given) || !ArrayBuffer.isView(data)) return [`${key} must be { shape, data }`];
  if (given.join() !== shape.join()) return [`${key} must be [${shape}], got [${given}]`];
  const size = shape.reduce((product, n) => product * n, 1);
  if (data.length !== size) return [`${key} must have ${size} numbers, got ${data.length}`];
  return data instanceof Float32Array || data instanceof Float64Array ? [] : [`${key} must hold floats`];
}
