import { deriveSeed } from '@tenonjs/runtime';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BlockOptions } from '../blocks/block';
import { complain } from '../check';
import { Conv2DNormActivation, type Conv2DNormActivationArgs } from '../layers/conv2DNormActivation';
import { Dense, type DenseArgs } from '../layers/dense';
import { Dropout } from '../layers/dropout';
import { GlobalAveragePooling2D, GlobalMaxPooling2D } from '../layers/globalPooling2D';
import { AveragePooling2D, type AveragePooling2DArgs, MaxPooling2D, type MaxPooling2DArgs } from '../layers/pooling2D';
import type { ArchitectureOptions } from './options';

/** A convolution by what most of them have: a size, filters, and little else. */
type ConvArgs = Omit<Conv2DNormActivationArgs, 'filters' | 'kernelSize' | 'name' | 'seed'>;

/**
 * A network while it is built: layers by torchvision's names, each with a seed of its own, on tensors without numbers.
 *
 *     const network = new Network('lineNet', { classes: 3 }, [28, 28, 1]);
 *     const x = network.conv(network.input, 'conv1', 32, 3, { padding: 1 });
 *     return network.finish(x, (x) => network.logits(network.globalAveragePool(x), 'fc', 3));
 */
export class Network {
  readonly input: SymbolicTensor;
  readonly inputShape: readonly [number, number, number];
  private readonly title: string;
  private readonly options: ArchitectureOptions;
  private readonly convDefaults: BlockOptions;
  private count = 0;

  /**
   * @param title - the architecture's name, of the model and in error messages.
   * @param shape - of the input, where the options tell none.
   * @param convDefaults - what all convolutions have in common.
   */
  constructor(
    title: string,
    options: ArchitectureOptions,
    shape: readonly [number, number, number],
    convDefaults: BlockOptions = {},
  ) {
    this.title = title;
    this.options = options;
    this.convDefaults = convDefaults;
    this.inputShape = options.inputShape ?? shape;
    this.input = input({ shape: [...this.inputShape], name: 'input' });
  }

  /** A convolution with what follows it; `x` may be `[x, residual]`. */
  conv(
    x: SymbolicTensor | SymbolicTensor[],
    name: string,
    filters: number,
    kernelSize: number | readonly [number, number],
    args: ConvArgs = {},
  ): SymbolicTensor {
    const layer = new Conv2DNormActivation({ padding: 0, ...this.block(name), ...args, filters, kernelSize });
    return this.join(layer, x);
  }

  /** What a block of this name is given, beside what it has of its own. */
  block(name: string): BlockOptions & { name: string } {
    const { kernelInitializer = 'heNormal' } = this.options;
    return { kernelInitializer, ...this.convDefaults, ...this.seed(), name };
  }

  maxPool(x: SymbolicTensor, name: string, args: Omit<MaxPooling2DArgs, 'name'>): SymbolicTensor {
    return this.join(new MaxPooling2D({ ...args, name }), x);
  }

  averagePool(x: SymbolicTensor, name: string, args: Omit<AveragePooling2DArgs, 'name'>): SymbolicTensor {
    return this.join(new AveragePooling2D({ ...args, name }), x);
  }

  /** The mean of each channel over all places: torchvision's adaptive pool to 1 × 1, flattened. */
  globalAveragePool(x: SymbolicTensor, name = 'avgpool'): SymbolicTensor {
    return this.join(new GlobalAveragePooling2D({ name }), x);
  }

  concat(xs: SymbolicTensor[], name: string): SymbolicTensor {
    return this.join(layers.concatenate({ name, axis: -1 }), xs);
  }

  flatten(x: SymbolicTensor, name = 'flatten'): SymbolicTensor {
    return this.join(layers.flatten({ name }), x);
  }

  dropout(x: SymbolicTensor, name: string, rate: number): SymbolicTensor {
    return this.join(new Dropout({ ...this.seed(), name, rate }), x);
  }

  dense(x: SymbolicTensor, name: string, units: number, args: Partial<DenseArgs> = {}): SymbolicTensor {
    const { kernelInitializer = 'heNormal' } = this.options;
    return this.join(new Dense({ kernelInitializer, ...args, ...this.seed(), name, units }), x);
  }

  /** The layer that makes the logits. */
  logits(x: SymbolicTensor, name: string, classes: number): SymbolicTensor {
    return this.dense(x, name, classes, { kernelInitializer: this.options.kernelInitializer ?? 'glorotUniform' });
  }

  /** Any other layer. */
  join(layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
    return [layer.apply(x)].flat()[0] as SymbolicTensor;
  }

  /** The model: with the head on the features, or without it, pooled or not. */
  finish(features: SymbolicTensor, head: (x: SymbolicTensor) => SymbolicTensor | SymbolicTensor[]): LayersModel {
    const { includeTop = true } = this.options;
    const outputs = includeTop ? head(features) : this.pooled(features);
    const whole = model({ name: this.title, inputs: this.input, outputs });
    const empty = whole.layers.find(({ output }) => [output].flat()[0]?.shape.includes(0));
    if (empty !== undefined) {
      whole.dispose();
      complain(this.title, 'inputShape', `larger: nothing is left of it at ${empty.name}`, this.inputShape);
    }
    return whole;
  }

  private pooled(features: SymbolicTensor): SymbolicTensor {
    const { pooling } = this.options;
    if (pooling === 'avg') return this.globalAveragePool(features);
    return pooling === 'max' ? this.join(new GlobalMaxPooling2D({ name: 'maxpool_top' }), features) : features;
  }

  private seed(): { seed?: number } {
    const { seed } = this.options;
    return seed === undefined ? {} : { seed: deriveSeed(seed, this.count++) };
  }
}
