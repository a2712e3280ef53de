import { join } from 'node:path';
import { type Divider, GroupKFold, KFold, StratifiedKFold } from '@tenonjs/validation-splits';
import type { Benchmark, Goal, Row } from './benchmark.ts';
import { startContender } from './contenders.ts';
import { medianTimes } from './medianTimes.ts';

const PYTHON = '/usr/bin/python3';
const splitters: Record<string, Divider> = {
  KFold: new KFold({ nSplits: 5 }),
  StratifiedKFold: new StratifiedKFold({ nSplits: 5 }),
  GroupKFold: new GroupKFold({ nSplits: 5 }),
};
const size = { n: 1_000_000, classes: 10, groups: 10_000 };
/** How many times faster than scikit-learn each must be that looks at labels. */
const GOAL = 2;

/** All five splits, training and test indices, of a million samples. */
export const validationSplits: Benchmark = {
  title: 'five folds of 1e6 samples, 10 classes, 1e4 groups: here and in scikit-learn, one thread',
  async run(say) {
    const samples = samplesOf(size);
    const rows: Row[] = [];
    const goals: Goal[] = [];
    const notes = new Set<string>();
    for (const [name, splitter] of Object.entries(splitters)) {
      say(name);
      const tenon = async () => {
        const began = performance.now();
        let indices = 0;
        for (const { train, test } of splitter.split(size.n, samples)) indices += train.length + test.length;
        if (indices !== 5 * size.n)
          throw new Error(`${name}: all of ${size.n} samples must be split, got ${indices / 5}`);
        return performance.now() - began;
      };
      const peer = await startContender(PYTHON, [
        join(import.meta.dirname, '../peers/validationSplits.py'),
        JSON.stringify({ splitter: name, ...size }),
      ]).catch(({ message }: Error) => void notes.add(`scikit-learn: ${message}; apt-get install python3-sklearn`));
      const contenders = { tenon, ...(peer && { sklearn: () => peer.step() }) };
      const times = await medianTimes(contenders, { warmUp: 2, rounds: 15, seconds: 15 });
      peer?.dispose();
      const row: Row = { splitter: name, 'Tenon ms': rounded(times.tenon as number) };
      if (peer) {
        const ratio = (times.sklearn as number) / (times.tenon as number);
        row['scikit-learn ms'] = rounded(times.sklearn as number);
        row['scikit-learn / Tenon'] = rounded(ratio);
        notes.add(`the peer is ${peer.device}`);
        if (name !== 'KFold') {
          const figure = `${rounded(ratio)} times faster`;
          goals.push({ what: name, figure, goal: `${GOAL} times`, reached: ratio >= GOAL });
        }
      }
      rows.push(row);
    }
    return { rows, goals, notes: [...notes] };
  },
};

/** Labels and groups in no order, the same in the peer. */
function samplesOf({ n, classes, groups }: typeof size) {
  const mixed = Uint32Array.from({ length: n }, (_, i) => Math.imul(i, 2654435761));
  return {
    y: Int32Array.from(mixed, (value) => (value >>> 8) % classes),
    groups: Int32Array.from(mixed, (value) => (value >>> 4) % groups),
  };
}

const rounded = (value: number) => Number(value.toPrecision(3));
