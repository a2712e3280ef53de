import { readSafetensors, type SafetensorsEntry, writeSafetensors } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Variables } from './bijector';

/** Variables by name as the bytes of a safetensors file. */
export async function saveVariables(variables: Variables): Promise<Uint8Array<ArrayBuffer>> {
  const entries = await Promise.all(
    Object.entries(variables).map(async ([name, variable]): Promise<[string, SafetensorsEntry]> => {
      const data = await variable.data<'float32'>();
      return [name, { shape: variable.shape, data }];
    }),
  );
  return writeSafetensors(Object.fromEntries(entries), { format: 'tenon' });
}

/**
 * Sets variables from a safetensors file, all of them or none.
 *
 * @throws RangeError that lists everything that does not fit.
 */
export function loadVariables(variables: Variables, bytes: Uint8Array, caller = 'Flow.load'): void {
  const { tensors } = readSafetensors(bytes, 'the saved model');
  const wrong = [
    ...Object.keys(variables)
      .filter((name) => !Object.hasOwn(tensors, name))
      .map((name) => `${name} is missing`),
    ...Object.entries(tensors).flatMap(([name, { shape, data }]) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (variable === undefined) return `${name} is unexpected`;
      if (variable.shape.join() !== shape.join()) return `${name} must be [${variable.shape}], got [${shape}]`;
      return data instanceof Float32Array ? [] : `${name} must hold float32 numbers`;
    }),
  ];
  if (wrong.length > 0)
    throw new RangeError(`${caller}: the file must be of a model of the same make; ${wrong.join('; ')}`);
  tf.tidy(() => {
    for (const [name, variable] of Object.entries(variables)) {
      const { shape, data } = tensors[name] as SafetensorsEntry;
      variable.assign(tf.tensor(data as Float32Array, shape, 'float32'));
    }
  });
}
