import type { Split } from '@tenonjs/validation-splits';
import { SAMPLES } from './sampleCount';
import { classNames, type Labelled, samplesOf } from './samples';
import type { Settings } from './settings';
import { offerOf } from './splitters';

/** At most so many splits are shown. */
export const SHOWN = 20;

/** What a splitter makes of the samples, or why it refuses them. */
export interface Outcome extends Labelled {
  /** The first of them. */
  splits: Split[];
  warning: string;
  error: string;
  /** The same in code. */
  code: string;
}

export function outcomeOf(settings: Settings): Outcome {
  const samples = samplesOf(settings);
  const { options, make, looksAt = [] } = offerOf(settings.splitter);
  const given = options(settings);
  const warnings: string[] = [];
  const splits: Split[] = [];
  let error = '';
  try {
    for (const split of make(given as never, (message) => warnings.push(message)).split(SAMPLES, samples)) {
      splits.push(split);
      if (splits.length === SHOWN) break;
    }
  } catch (refusal) {
    error = (refusal as Error).message;
  }
  return { ...samples, splits, error, warning: warnings[0] ?? '', code: codeOf(settings.splitter, given, looksAt) };
}

function codeOf(name: string, options: Record<string, number | boolean>, looksAt: readonly string[]): string {
  const written = Object.entries(options).map(([key, value]) => `${key}: ${value}`);
  const call = written.length > 0 ? `{ ${written.join(', ')} }` : '';
  const samples = looksAt.length > 0 ? `, { ${looksAt.join(', ')} }` : '';
  return `import { ${name} } from '@tenonjs/validation-splits';

const splitter = new ${name}(${call});
for (const { train, test } of splitter.split(${SAMPLES}${samples})) {
  console.log(train, test); // positions, Uint32Array
}`;
}

/** What one split holds. */
export interface Held {
  train: number;
  test: number;
  /** How many of each class are tested. */
  classes: number[];
  /** How many groups stand on both sides. */
  leaks: number;
}

export function heldBy({ train, test }: Split, { y, groups }: Labelled): Held {
  const trained = new Set(Array.from(train, (i) => groups[i]));
  const tested = new Set(Array.from(test, (i) => groups[i]));
  return {
    train: train.length,
    test: test.length,
    classes: classNames.map((name) => test.filter((i) => y[i] === name).length),
    leaks: [...tested].filter((group) => trained.has(group)).length,
  };
}
