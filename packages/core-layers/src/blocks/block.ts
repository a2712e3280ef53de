import { deriveSeed } from '@tenonjs/runtime';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { Conv2DNormActivation, type Conv2DNormActivationArgs } from '../layers/conv2DNormActivation';
import { hashOf } from '../layers/layer';

/** What all convolutions of a block have in common. */
type Common =
  | 'normalization'
  | 'useBias'
  | 'activation'
  | 'alpha'
  | 'scale'
  | 'momentum'
  | 'epsilon'
  | 'unbiased'
  | 'kernelInitializer'
  | 'biasInitializer'
  | 'kernelRegularizer';

/** What every block takes: how its convolutions are normalized and activated, its name and its seed. */
export interface BlockOptions extends Pick<Conv2DNormActivationArgs, Common> {
  /** Its layers are called `name.part`, the parts as in torchvision. Default: names that layers have of themselves. */
  name?: string;
  /** Of the first weights of all layers: an integer in [0, 2⁵³). Default: hashes of their names. */
  seed?: number;
}

type ConvArgs = Omit<Conv2DNormActivationArgs, Exclude<Common, 'activation'>>;
type Input = SymbolicTensor | [SymbolicTensor, SymbolicTensor];

/** A layer's name and seed in a block. */
export const partOf = ({ name, seed }: Pick<BlockOptions, 'name' | 'seed'>, part: string) => ({
  ...(name !== undefined && { name: `${name}.${part}` }),
  ...(seed !== undefined && { seed: deriveSeed(seed, hashOf(part)) }),
});

/** A convolution of a block. */
export function convolve(x: Input, part: string, args: ConvArgs, options: BlockOptions): SymbolicTensor {
  const { normalization, useBias, activation, alpha, scale, momentum, epsilon, unbiased } = options;
  const { kernelInitializer, biasInitializer, kernelRegularizer } = options;
  const common = { normalization, useBias, activation, alpha, scale, momentum, epsilon, unbiased };
  const given = { ...common, kernelInitializer, biasInitializer, kernelRegularizer };
  const sound = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return new Conv2DNormActivation({ ...sound, ...args, ...partOf(options, part) }).apply(x) as SymbolicTensor;
}
