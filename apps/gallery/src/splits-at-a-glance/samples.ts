import { SAMPLES } from './sampleCount';
import type { Settings } from './settings';

/** A class and a group a sample. */
export interface Labelled {
  y: string[];
  groups: number[];
}

export const classNames = ['A', 'B', 'C'] as const;

/** Samples of the sizes that are set: groups stand together, classes too or in a fixed disorder. */
export function samplesOf({ classes, groups, order }: Pick<Settings, 'classes' | 'groups' | 'order'>): Labelled {
  const sorted = spread(classes, (k) => classNames[k] as string);
  const y = order === 'sorted' ? sorted : sorted.map((_, i) => sorted[(i * 37 + 11) % SAMPLES] as string);
  return { y, groups: spread(groups, (k) => k + 1) };
}

function spread<Value>(sizes: readonly number[], valueAt: (k: number) => Value): Value[] {
  return sizes.flatMap((size, k) => new Array<Value>(size).fill(valueAt(k)));
}
