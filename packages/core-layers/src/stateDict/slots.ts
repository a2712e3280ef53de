import type * as tf from '@tensorflow/tfjs-core';
import { LayersModel, type LayerVariable, type layers } from '@tensorflow/tfjs-layers';
import type { Order } from './order';

/** A weight of a model, and where it stands in a state dict of PyTorch. */
export interface Slot {
  key: string;
  /** In PyTorch. */
  shape: number[];
  variable: tf.Variable;
  order: Order;
}

/** What a state dict of PyTorch holds of a model: weights, and the keys that count a normalization's batches. */
export interface Slots {
  slots: Slot[];
  counters: string[];
}

/**
 * The weights of a model by PyTorch's names. A layer's name is that of a module; the normalization within a convolution's
 * layer is the module that torchvision has beside it (see {@link modulesOf}). The layers of a model within the model are
 * those of a module within the module.
 */
export function slotsOf(model: LayersModel, prefix = ''): Slots {
  const parts = model.layers.map((layer): Slots => {
    if (layer instanceof LayersModel) return slotsOf(layer, `${prefix}${layer.name}.`);
    const slots = layer.weights.map((weight) => slotOf(layer, weight, prefix));
    const statistics = slots.find(({ key }) => key.endsWith('.running_mean'));
    return { slots, counters: statistics ? [statistics.key.replace('running_mean', 'num_batches_tracked')] : [] };
  });
  return { slots: parts.flatMap(({ slots }) => slots), counters: parts.flatMap(({ counters }) => counters) };
}

const namesInTorch: Record<string, string> = {
  kernel: 'weight',
  depthwise_kernel: 'weight',
  embeddings: 'weight',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
  // A layer that squeezes and excites is torchvision's `SqueezeExcitation`, whose dense layers are convolutions of 1 × 1.
  reduce_kernel: 'fc1.weight',
  reduce_bias: 'fc1.bias',
  expand_kernel: 'fc2.weight',
  expand_bias: 'fc2.bias',
};

const pointwise = ['reduce_kernel', 'expand_kernel'];

/** `layer1.0.conv1/kernel` → `kernel`. */
const nameOf = ({ originalName }: LayerVariable) => originalName.slice(originalName.lastIndexOf('/') + 1);

const isKernel = (weight: LayerVariable) => nameOf(weight).endsWith('kernel');

const ofNorms = ['gamma', 'beta', 'moving_mean', 'moving_variance'];

function slotOf(layer: layers.Layer, weight: LayerVariable, prefix: string): Slot {
  const name = nameOf(weight);
  const convolves = layer.weights.some((weight) => isKernel(weight) && weight.shape.length > 2);
  const { conv, norm } = convolves ? modulesOf(layer.name) : { conv: layer.name, norm: layer.name };
  const within = ofNorms.includes(name) ? norm : conv;
  const shape = weight.shape as number[];
  const size = (sizes: readonly number[]) => sizes.reduce((product, n) => product * n, 1);
  const slot = { key: `${prefix}${within}.${namesInTorch[name] ?? name}`, variable: weight.read() as tf.Variable };
  if (name === 'depthwise_kernel') {
    const [height, width, channels, multiplier] = shape as [number, number, number, number];
    const [outputs, places] = [channels * multiplier, height * width];
    return { ...slot, shape: [outputs, 1, height, width], order: { outputs, inputs: 1, places } };
  }
  if (name !== 'kernel' && !pointwise.includes(name)) {
    return { ...slot, shape, order: { outputs: 1, inputs: size(shape), places: 1 } };
  }
  const window = name === 'kernel' ? shape.slice(0, -2) : [1, 1];
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  const seen = window.length === 0 ? flattened(layer) : undefined;
  // A flattened image is [place, channel] here and [channel, place] in PyTorch: the kernel is one of as many places.
  const order = { outputs, inputs: seen?.channels ?? inputs, places: seen?.places ?? size(window) };
  return { ...slot, shape: [outputs, inputs, ...window], order };
}

/**
 * The modules of a convolution and of the normalization beside it, as torchvision's networks call them: `conv1` and `bn1`,
 * `downsample.0` and `downsample.1`, `branch1.conv` and `branch1.bn`; in a sequence `features.0` and `features.1`.
 */
function modulesOf(name: string): { conv: string; norm: string } {
  const parts = name.split('.');
  const last = parts.pop() as string;
  const beside = (sibling: string) => ({ conv: name, norm: [...parts, sibling].join('.') });
  if (last === 'downsample') return { conv: `${name}.0`, norm: `${name}.1` };
  if ([...parts, last].some((part) => part.startsWith('branch'))) return { conv: `${name}.conv`, norm: `${name}.bn` };
  if (/^\d+$/.test(last)) return beside(`${Number(last) + 1}`);
  return beside(/^conv\d*$/.test(last) ? last.replace('conv', 'bn') : `${last}_bn`);
}

/** The image that a dense layer sees in a row, if it sees one. */
function flattened(layer: layers.Layer): { places: number; channels: number } | undefined {
  const before = layer.inboundNodes[0]?.inboundLayers[0];
  if (before === undefined) return undefined;
  if (before.getClassName().endsWith('Dropout')) return flattened(before);
  if (before.getClassName() !== 'Flatten') return undefined;
  const [, ...image] = [before.inboundNodes[0]?.inputShapes[0]].flat() as (number | null)[];
  if (image.length < 2) return undefined;
  return {
    places: image.slice(0, -1).reduce<number>((product, n) => product * (n as number), 1),
    channels: image.at(-1) as number,
  };
}
