import { checkInteger } from '../checks';
import { checkSeed, deriveSeed } from '../random';
import { Divider, lazily, type Samples, type Split } from '../splitter';
import { KFold } from './kFold';
import { StratifiedKFold } from './stratifiedKFold';

export interface RepeatedOptions {
  /** How many folds, 5 by default. */
  nSplits?: number;
  /** How often to start anew, 10 by default. */
  nRepeats?: number;
  /** Where all the shuffles come from, 0 by default. */
  seed?: number;
}

/**
 * Any seeded splitter, again and again, each time with another seed.
 *
 *     new Repeated({ splitter: (seed) => new StratifiedGroupKFold({ shuffle: true, seed }), nRepeats: 3, seed: 7 })
 */
export class Repeated extends Divider {
  readonly #repeats: Divider[];

  constructor({
    splitter,
    nRepeats = 10,
    seed,
  }: Omit<RepeatedOptions, 'nSplits'> & { splitter: (seed: number) => Divider }) {
    super();
    checkInteger('Repeated', 'nRepeats', nRepeats, 1);
    const checked = checkSeed('Repeated', seed);
    this.#repeats = Array.from({ length: nRepeats }, (_, repeat) => splitter(deriveSeed(checked, repeat)));
  }

  protected splits(n: number, samples: Samples): Iterable<Split> {
    const repeats = this.#repeats;
    repeats[0]?.split(n, samples);
    return lazily(function* () {
      for (const splitter of repeats) yield* splitter.split(n, samples);
    });
  }
}

/** `KFold`, shuffled, `nRepeats` times. */
export class RepeatedKFold extends Repeated {
  constructor({ nSplits, ...options }: RepeatedOptions = {}) {
    super({ ...options, splitter: (seed) => new KFold({ nSplits, shuffle: true, seed }) });
  }
}

/** `StratifiedKFold`, shuffled, `nRepeats` times. */
export class RepeatedStratifiedKFold extends Repeated {
  constructor({ nSplits, onWarning, ...options }: RepeatedOptions & { onWarning?: (message: string) => void } = {}) {
    super({ ...options, splitter: (seed) => new StratifiedKFold({ nSplits, shuffle: true, seed, onWarning }) });
  }
}
