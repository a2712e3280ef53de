import type { OpEntry } from '@tenonjs/testing';
import { biasActivations } from './entries/biasActivation';

/** Every op, with inputs to try it on and what is promised of it. */
export const registry: readonly OpEntry[] = [...biasActivations];
