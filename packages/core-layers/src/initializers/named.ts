import { VarianceScaling } from './varianceScaling';

/** The seed of an initializer: without one, a layer of this package takes one of its own seed. */
export interface SeedArgs {
  /** An integer in [0, 2⁵³). */
  seed?: number;
}

/**
 * `N(0, 2 / fanIn)`, cut off at two standard deviations: for ReLU.
 * Reference: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.
 */
export const heNormal = (args: SeedArgs = {}): VarianceScaling => new VarianceScaling({ ...args, scale: 2 });

/**
 * `U(−a, a)`, `a = √(6 / fanIn)`: for ReLU.
 * Reference: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.
 */
export const heUniform = (args: SeedArgs = {}): VarianceScaling =>
  new VarianceScaling({ ...args, scale: 2, distribution: 'uniform' });

/**
 * `N(0, 2 / (fanIn + fanOut))`, cut off at two standard deviations.
 * Reference: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 */
export const glorotNormal = (args: SeedArgs = {}): VarianceScaling => new VarianceScaling({ ...args, mode: 'fanAvg' });

/**
 * `U(−a, a)`, `a = √(6 / (fanIn + fanOut))`.
 * Reference: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 */
export const glorotUniform = (args: SeedArgs = {}): VarianceScaling =>
  new VarianceScaling({ ...args, mode: 'fanAvg', distribution: 'uniform' });

/**
 * `N(0, 1 / fanIn)`, cut off at two standard deviations: for SELU.
 * Reference: LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998.
 */
export const leCunNormal = (args: SeedArgs = {}): VarianceScaling => new VarianceScaling({ ...args });

/**
 * `U(−a, a)`, `a = √(3 / fanIn)`.
 * Reference: LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998.
 */
export const leCunUniform = (args: SeedArgs = {}): VarianceScaling =>
  new VarianceScaling({ ...args, distribution: 'uniform' });

/**
 * `U(−a, a)`, `a = 1 / √fanIn`: what PyTorch's convolutions and linear layers begin with, kernel and bias alike, by
 * `kaiming_uniform_(a=√5)`.
 */
export const torchUniform = (args: SeedArgs = {}): VarianceScaling =>
  new VarianceScaling({ ...args, scale: 1 / 3, distribution: 'uniform' });
