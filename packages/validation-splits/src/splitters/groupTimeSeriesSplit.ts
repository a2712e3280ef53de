import { encode, gather, membersOf } from '../labels';
import { Divider, lazily, range, type Samples, type Split } from '../splitter';
import { checkTimeSeries, type Interval, type TimeSeriesOptions, timeWindows } from './timeSeriesSplit';

export interface GroupTimeSeriesOptions extends TimeSeriesOptions {
  /** Whether training sets grow from the start (the default), or keep the size of the first. */
  window?: 'expanding' | 'rolling';
}

/**
 * `TimeSeriesSplit` over groups: days, sessions, seasons. No group stands on both sides, and each test group comes after
 * all training groups. `testSize`, `maxTrainSize` and `gap` count groups.
 *
 * @throws RangeError when there are too few groups for the splits, or a group comes again after another one began;
 *   TypeError without groups.
 */
export class GroupTimeSeriesSplit extends Divider {
  readonly #options: GroupTimeSeriesOptions;

  constructor(options: GroupTimeSeriesOptions = {}) {
    super();
    checkTimeSeries('GroupTimeSeriesSplit', options);
    const { window = 'expanding' } = options;
    if (window !== 'expanding' && window !== 'rolling') {
      throw new RangeError(
        `GroupTimeSeriesSplit: window must be 'expanding' or 'rolling', got ${JSON.stringify(window)}`,
      );
    }
    this.#options = { ...options };
  }

  protected splits(n: number, samples: Samples): Iterable<Split> {
    const where = 'GroupTimeSeriesSplit.split';
    const groups = encode(where, 'groups', samples.groups, n, { by: 'appearance' });
    for (let i = 1; i < n; i++) {
      const [last, next] = [groups.codes[i - 1] as number, groups.codes[i] as number];
      if (next < last) {
        throw new RangeError(
          `${where}: groups must come one after another, got ${String(samples.groups?.[i])} again at ${i}`,
        );
      }
    }
    const expanding = timeWindows(where, this.#options, groups.count, 'groups');
    const first = expanding[0]?.train ?? [0, 0];
    const maxTrainSize = this.#options.window === 'rolling' ? first[1] - first[0] : undefined;
    const windows = maxTrainSize
      ? timeWindows(where, { ...this.#options, maxTrainSize }, groups.count, 'groups')
      : expanding;
    const members = membersOf(groups);
    const within = (interval: Interval) => gather(members, range(...interval));
    return lazily(function* () {
      for (const { train, test } of windows) yield { train: within(train), test: within(test) };
    });
  }
}
