import type { OpEntry } from '@tenonjs/testing';
import { couples } from './entries/affineCouple';
import { batchNorms } from './entries/batchNorm';
import { biasActivations } from './entries/biasActivation';
import { embeddings } from './entries/embeddingLookup';
import { losses } from './entries/losses';
import { norms } from './entries/norms';

/** Every op, with inputs to try it on and what is promised of it. */
export const registry: readonly OpEntry[] = [
  ...biasActivations,
  ...norms,
  ...batchNorms,
  ...losses,
  ...couples,
  ...embeddings,
];
