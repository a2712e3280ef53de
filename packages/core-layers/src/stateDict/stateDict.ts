import type { SafetensorsEntry } from '@tenonjs/runtime';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import type { StateDict } from './loadStateDict';
import { toTorch } from './order';
import { slotsOf } from './slots';

export interface StateDictOptions {
  /** Whose names and layouts they shall be. */
  target: 'torch';
  /**
   * A state dict of the same network, such as the one that was loaded: what the model has no place for is taken from it –
   * the count of batches of each normalization, else 0, and the type in the file, else F32 – and the order.
   */
  like?: StateDict;
}

/**
 * The weights of a model as a state dict that PyTorch's `load_state_dict` takes: the inverse of {@link loadStateDict}.
 *
 * @param model - whose layers are called like PyTorch's modules, as all architectures of this package are.
 * @returns arrays by PyTorch's names, for `writeSafetensors`.
 *
 * @example
 * const bytes = writeSafetensors(await stateDict(model, { target: 'torch' }));
 */
export async function stateDict(
  model: LayersModel,
  { target, like = {} }: StateDictOptions,
): Promise<Record<string, SafetensorsEntry>> {
  if (target !== 'torch') complain('stateDict', 'target', 'torch', target);
  const { slots, counters } = slotsOf(model);
  const weights = await Promise.all(
    slots.map(async ({ key, shape, variable, order }): Promise<[string, SafetensorsEntry]> => {
      const dtype = like[key]?.dtype;
      const data = toTorch(await variable.data<'float32'>(), order);
      const narrow = dtype === 'F16' || dtype === 'BF16';
      if (dtype === 'F64') return [key, { shape, data: Float64Array.from(data) }];
      return [key, { shape, data, ...(narrow && { dtype }) }];
    }),
  );
  const counts = counters.map((key): [string, SafetensorsEntry] => {
    const data = like[key]?.data;
    return [key, { shape: [], data: data instanceof BigInt64Array ? data.slice() : new BigInt64Array(1) }];
  });
  const ours = new Map([...weights, ...counts]);
  const order = new Set([...Object.keys(like).filter((key) => ours.has(key)), ...ours.keys()]);
  return Object.fromEntries([...order].map((key) => [key, ours.get(key) as SafetensorsEntry]));
}
