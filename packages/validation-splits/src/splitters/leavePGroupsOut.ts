import { checkInteger } from '../checks';
import { encode, gather, membersOf } from '../labels';
import { lazily, type Samples, Splitter } from '../splitter';
import { combinations } from './combinations';

/**
 * Every choice of p groups is tested on once, in lexicographic order of the sorted groups.
 *
 * @throws RangeError unless there are more than p groups; TypeError without groups.
 */
export class LeavePGroupsOut extends Splitter {
  readonly #p: number;

  constructor({ p }: { p: number }) {
    super();
    checkInteger('LeavePGroupsOut', 'p', p, 1);
    this.#p = p;
  }

  protected testFolds(n: number, { groups }: Samples): Iterable<Uint32Array> {
    return leaveGroupsOut('LeavePGroupsOut.split', n, groups, this.#p);
  }
}

/**
 * Each group is tested on once, in the order of their labels.
 *
 * @throws RangeError unless there are at least two groups; TypeError without groups.
 */
export class LeaveOneGroupOut extends Splitter {
  protected testFolds(n: number, { groups }: Samples): Iterable<Uint32Array> {
    return leaveGroupsOut('LeaveOneGroupOut.split', n, groups, 1);
  }
}

function leaveGroupsOut(where: string, n: number, groups: ArrayLike<unknown> | undefined, p: number) {
  const encoded = encode(where, 'groups', groups, n, { by: 'order' });
  if (encoded.count <= p) {
    throw new RangeError(`${where}: groups must be at least ${p + 1} different ones, got ${encoded.count}`);
  }
  const members = membersOf(encoded);
  return lazily(function* () {
    for (const chosen of combinations(encoded.count, p)) yield gather(members, chosen);
  });
}
