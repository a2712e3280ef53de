import type { OpEntry } from '@tenonjs/testing';
import { couples } from './entries/affineCouple';
import { batchNorms } from './entries/batchNorm';
import { biasActivations } from './entries/biasActivation';
import { convolutions } from './entries/conv2d';
import { denses } from './entries/dense';
import { einsums } from './entries/einsum';
import { embeddings } from './entries/embeddingLookup';
import { losses } from './entries/losses';
import { norms } from './entries/norms';
import { places } from './entries/places';
import { splines } from './entries/rationalQuadraticSpline';
import { solves } from './entries/triangularSolve';

/** Every op, with inputs to try it on and what is promised of it. */
export const registry: readonly OpEntry[] = [
  ...biasActivations,
  ...norms,
  ...batchNorms,
  ...losses,
  ...convolutions,
  ...couples,
  ...embeddings,
  ...denses,
  ...einsums,
  ...places,
  ...splines,
  ...solves,
];
