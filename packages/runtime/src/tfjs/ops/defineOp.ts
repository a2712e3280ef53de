import * as tf from '@tensorflow/tfjs-core';
import { type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import type { Pass, Passes } from '../webgpu/pass';
import type { Bound } from '../webgpu/runPass';
import { runPasses } from '../webgpu/runPasses';
import { noteInPlaceWrite } from '../webgpu/workshop';
import { isComposing } from './composeOnly';
import type { AnyOp, Call, OpDefinition } from './definition';
import { aboutToSave, registerGradient } from './gradient';
import { heapOf } from './heap';
import { runHostKernel } from './hostKernel';
import { makeSoleOwner } from './soleOwner';
import { storeInPlace } from './storeInPlace';
import { sizeOf, type TensorSpec } from './tensorSpec';

/** A defined op: tensors by name in, tensors by name out. */
export type Op<Inputs extends string, Outputs extends string, Attributes extends object> = (
  inputs: Readonly<Partial<Record<Inputs, tf.Tensor>>>,
  attributes: Attributes,
) => Record<Outputs, tf.Tensor>;

/**
 * Defines an op once for every backend: plain tfjs ops that say what it is, kernels where they pay, a gradient made of
 * ops. It is registered with tfjs, so that `tf.grad`, `tf.tidy`, `tf.profile` and `tf.memory` know it.
 *
 * An op may overwrite inputs, which are then variables: of an optimizer, of running statistics, of a cache. Whoever
 * shares a variable's numbers (a clone, a reshape) keeps the old ones.
 *
 * @param definition - see {@link OpDefinition}. A WebGPU kernel that does not compile is reported by the next read of a
 *   tensor, with the op, the line and the compiler's message.
 * @returns the op. It does not check its arguments: the function that a package exports does.
 * @throws Error when an op of that name is defined already.
 *
 * @example
 * const double = defineOp<'x', 'y', object>({
 *   name: 'mine/double',
 *   outputs: ({ x }) => ({ y: x }),
 *   compose: ({ x }) => ({ y: tf.mul(x, 2) }),
 *   webgpu: ({ inputs: { x } }) => {
 *     const size = x.shape.reduce((a, b) => a * b, 1);
 *     return {
 *       code: `@compute @workgroup_size(64)
 *         fn main(@builtin(global_invocation_id) id: vec3<u32>) {
 *           if (id.x < params.size) { y[id.x] = 2 * x[id.x]; }
 *         }`,
 *       reads: ['x'], writes: ['y'], groups: Math.ceil(size / 64), integers: { size },
 *     };
 *   },
 *   grad: { saves: [], of: ({ y }) => ({ x: () => double({ x: y }, {}).y }) },
 * });
 */
export function defineOp<Inputs extends string, Outputs extends string, Attributes extends object>(
  definition: OpDefinition<Inputs, Outputs, Attributes>,
): Op<Inputs, Outputs, Attributes> {
  const { name, writes = [] } = definition;
  if (defined.has(name)) throw new Error(`defineOp: name must be new, got ${name}, which is defined already`);
  defined.add(name);
  const general = definition as unknown as AnyOp;
  const run = (given: Readonly<Partial<Record<string, tf.Tensor>>>, attributes: object): Record<string, tf.Tensor> => {
    const inputs = Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, tf.Tensor] => entry[1] !== undefined),
    );
    tf.backend(); // tfjs starts one at its first op, and has no name for it before
    for (const input of writes) makeSoleOwner(inputs[input] as tf.Variable);
    registerKernel(general, tf.getBackend());
    const outputs = Object.keys(general.outputs(specsOf(inputs), attributes));
    const call: Call = { attributes, inputs: Object.keys(inputs), outputs };
    const results = tf.engine().runKernel(name, inputs, call as unknown as tf.NamedAttrMap) as tf.Tensor[];
    return Object.fromEntries(outputs.map((output, i) => [output, results[i] as tf.Tensor]));
  };
  if (definition.grad !== undefined || writes.length === 0) registerGradient(general, run);
  return run as Op<Inputs, Outputs, Attributes>;
}

const defined = new Set<string>();

const specOf = ({ shape, dtype }: tf.TensorInfo): TensorSpec => ({ shape, dtype: dtype as TensorSpec['dtype'] });

const specsOf = (inputs: Readonly<Record<string, tf.TensorInfo>>): Record<string, TensorSpec> =>
  Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, specOf(tensor)]));

/** Registered when it is first used on a backend: whatever backends there are. */
function registerKernel(op: AnyOp, backendName: string): void {
  if (tf.getKernel(op.name, backendName)) return;
  tf.registerKernel({
    kernelName: op.name,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const call = attrs as unknown as Call;
      const results = runKernel(op, backendName, backend, inputs as Record<string, tf.TensorInfo>, call.attributes);
      aboutToSave(op.name, call);
      return results;
    },
  });
}

function runKernel(
  op: AnyOp,
  backendName: string,
  backend: unknown,
  inputs: Record<string, tf.TensorInfo>,
  attributes: object,
): tf.TensorInfo[] {
  const { writes = [] } = op;
  const outputs = op.outputs(specsOf(inputs), attributes);
  if (isComposing()) return composed(op, inputs as Record<string, tf.Tensor>, Object.keys(outputs), attributes);
  if (backendName === 'webgpu') {
    const gpu = gpuBackend() as GpuBackend;
    const { features, limits } = gpu.device;
    const plan = op.webgpu?.({ inputs: specsOf(inputs), outputs, attributes, features, limits });
    if (plan !== undefined && fits(plan, limits.maxStorageBuffersPerShaderStage)) {
      const made = Object.entries(outputs).map(([name, spec]) => [name, makeOnGpu(gpu, spec)] as const);
      const passes = 'passes' in plan ? plan : { passes: [plan] };
      runPasses(gpu, op.name, passes, { ...inputs, ...Object.fromEntries(made) } as unknown as Record<string, Bound>);
      for (const input of writes) noteInPlaceWrite(gpu, (inputs[input] as tf.TensorInfo).dataId);
      return made.map(([, tensor]) => tensor);
    }
  }
  const heap = heapOf(backendName, backend);
  const kernel = op[backendName as 'cpu' | 'wasm'];
  if (heap !== undefined && kernel !== undefined) {
    return runHostKernel(heap, kernel, inputs, outputs, writes, attributes);
  }
  return composed(op, inputs as Record<string, tf.Tensor>, Object.keys(outputs), attributes);
}

/** Whether a device binds as many tensors at once as the passes need; stock tfjs asks for eight. */
const fits = (plan: Pass | Passes, most: number): boolean =>
  ('passes' in plan ? plan.passes : [plan]).every(({ reads, writes }) => reads.length + writes.length <= most);

/** A tensor to be computed; tfjs never uploads an empty one. */
function makeOnGpu(gpu: GpuBackend, { shape, dtype }: TensorSpec): tf.TensorInfo {
  return gpu.makeTensorInfo(shape, dtype, sizeOf(shape) === 0 ? tf.util.getTypedArrayFromDType(dtype, 0) : undefined);
}

/** The op in plain tfjs ops; what it writes is stored afterwards. */
function composed(
  op: AnyOp,
  inputs: Readonly<Record<string, tf.Tensor>>,
  outputs: readonly string[],
  attributes: object,
): tf.Tensor[] {
  return tf.tidy(() => {
    const results = op.compose(inputs, attributes);
    for (const name of op.writes ?? []) storeInPlace(inputs[name] as tf.Variable, results[name] as tf.Tensor);
    const given = Object.values(inputs);
    // An op's output is a tensor of its own, also where the composition hands an input through.
    return outputs.map((name) => {
      const result = results[name] as tf.Tensor;
      return given.includes(result) ? tf.clone(result) : result;
    });
  });
}
