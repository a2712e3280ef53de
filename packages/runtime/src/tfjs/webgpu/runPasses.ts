import * as tf from '@tensorflow/tfjs-core';
import type { GpuBackend } from './gpuBackend';
import { inOwnType, isCastInName } from './ownType';
import type { Passes } from './pass';
import { type Bound, runPass } from './runPass';

/**
 * Encodes the passes of an op behind what tfjs has encoded before them.
 *
 * @param tensors - inputs and outputs, by the names that the passes use.
 */
export function runPasses(
  backend: GpuBackend,
  op: string,
  { passes, scratch = {} }: Passes,
  tensors: Readonly<Record<string, Bound>>,
): void {
  const temporaries = [
    ...Object.entries(scratch).map(([name, spec]) => {
      const { dataId } = backend.makeTensorInfo(spec.shape, spec.dtype);
      return [name, { ...spec, dataId }] as const;
    }),
    ...Object.entries(tensors)
      .filter(([, tensor]) => isCastInName(backend, tensor))
      .map(([name, tensor]) => [name, inOwnType(backend, tensor)] as const),
  ];
  const bound: Record<string, Bound> = { ...tensors, ...Object.fromEntries(temporaries) };
  for (const pass of passes) runPass(backend, op, pass, bound);
  for (const [, { dataId }] of temporaries) tf.engine().backend.disposeData(dataId);
}
