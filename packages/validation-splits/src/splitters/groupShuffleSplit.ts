import { encode, gather, membersOf } from '../labels';
import { shuffle } from '../random';
import { Divider, lazily, range, type Samples, type Split } from '../splitter';
import { shareSizes } from './shareSizes';
import { checkDraws, type ShuffleOptions } from './shuffleSplit';

/**
 * Independent draws of whole groups, 5 by default. Sizes are shares or numbers of groups, not of samples; by default a
 * fifth of the groups is tested on.
 *
 * @throws RangeError when a size is no share and no possible number of groups; TypeError without groups.
 */
export class GroupShuffleSplit extends Divider {
  readonly #options: ShuffleOptions;

  constructor(options: ShuffleOptions = {}) {
    super();
    this.#options = { ...options, nSplits: options.nSplits ?? 5 };
    checkDraws('GroupShuffleSplit', this.#options);
  }

  protected splits(n: number, { groups }: Samples): Iterable<Split> {
    return drawGroups('GroupShuffleSplit.split', this.#options, n, groups, 0.2);
  }
}

export function drawGroups(
  where: string,
  options: ShuffleOptions,
  n: number,
  groups: ArrayLike<unknown> | undefined,
  byDefault: number,
): Iterable<Split> {
  const encoded = encode(where, 'groups', groups, n, { by: 'order' });
  const sizes = shareSizes(where, options, encoded.count, byDefault, 'groups');
  const { nSplits, stream } = checkDraws(where, options);
  const members = membersOf(encoded);
  return lazily(function* () {
    for (let draw = 0; draw < nSplits; draw++) {
      const order = shuffle(range(0, encoded.count), stream(draw));
      const test = gather(members, order.subarray(0, sizes.test));
      yield { train: gather(members, order.subarray(sizes.test, sizes.test + sizes.train)), test };
    }
  });
}
