import { type Distribution, Normal } from '@tenonjs/distributions';
import type { Bijector } from '../bijector';
import { type Chain, chain } from '../chain';
import { Flow } from '../flow';

/** What every flow by name takes. */
export interface CommonOptions {
  /** How many layers, each with its own weights. */
  layers: number;
  /** The law of the latent points. Default: standard normal. */
  base?: Distribution | undefined;
  seed: number;
}

/** What every flow takes that has networks. */
export interface NetworkOptions extends CommonOptions {
  /** The widths of the networks' hidden layers. Default: [64, 64]. */
  hidden?: readonly number[] | undefined;
  activation?: 'relu' | 'tanh' | undefined;
  /** The numbers in a row of context, for a conditional flow. Default: 0, none. */
  context?: number | undefined;
}

/** Layers, in reading order from latent to data, on a base. */
export const flowOf = (shape: readonly number[], steps: readonly Bijector[], base?: Distribution): Flow<Chain> =>
  new Flow({ bijector: chain(steps), base: base ?? new Normal({ shape: [...shape] }) });

/** The same for each layer, from the one that a latent point meets first. */
export const layersOf = <T>(layers: number, make: (layer: number) => T): T[] =>
  Array.from({ length: layers }, (_, layer) => make(layer));
