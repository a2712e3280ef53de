import * as Plot from '@observablehq/plot';
import { checkInteger, checkLength } from '../checks';
import type { Samples, Split } from '../splitter';
import { across, draw, type PictureOptions } from './draw';
import { runsOf } from './runs';
import { bandColour } from './theme';

export interface SplitsPictureOptions extends PictureOptions, Samples {
  /** How many splits are drawn at most, 20 if left out. */
  maxSplits?: number;
}

const ROW = 26;
const [TRAIN, TEST] = [1, 2];
const parts = [
  { name: 'train', colour: 'var(--train)' },
  { name: 'test', colour: 'var(--test)' },
  { name: 'left out', colour: 'var(--out)' },
];

/**
 * Which samples each split trains on, tests on and leaves out, a row a split; below them, where they are given, the
 * classes `y` and the `groups` of the samples.
 *
 *     plotSplits(new TimeSeriesSplit({ nSplits: 4 }).split(60), 60, { title: 'TimeSeriesSplit' })
 *
 * @param splits - what a splitter's `split` gives; only the first `maxSplits` are made.
 * @param n - how many samples there are.
 * @returns an SVG element as text.
 * @throws RangeError when n is no integer of at least 1, or `y` or `groups` are not n; TypeError if there is no document
 *   to draw in.
 */
export function plotSplits(splits: Iterable<Split>, n: number, options: SplitsPictureOptions = {}): string {
  const where = 'plotSplits';
  const { y, groups, maxSplits = 20 } = options;
  checkInteger(where, 'n', n, 1);
  checkInteger(where, 'maxSplits', maxSplits, 1);
  const bars: Bar[] = [];
  const rows: string[] = [];
  let more = false;
  for (const { train, test } of splits) {
    more = rows.length === maxSplits;
    if (more) break;
    const row = `split ${rows.length + 1}`;
    rows.push(row);
    const part = new Uint8Array(n);
    for (const i of train) part[i] = TRAIN;
    for (const i of test) part[i] = TEST;
    for (const { start, end, value } of runsOf(n, (i) => part[i] as number)) {
      const { name, colour } = parts[value === 0 ? 2 : value - 1] as (typeof parts)[number];
      bars.push({ row, start, end, colour, title: `${row}: ${placesOf(start, end)} ${name}` });
    }
  }
  for (const [name, values] of [['class', y] as const, ['group', groups] as const]) {
    if (values === undefined) continue;
    checkLength(where, name === 'class' ? 'y' : 'groups', values, n);
    rows.push(name);
    bars.push(...bandsOf(name, values, n));
  }
  const leavesOut = bars.some(({ colour }) => colour === parts[2]?.colour);
  return draw(where, options, {
    height: rows.length * ROW,
    marginLeft: 66,
    up: more ? `the first ${maxSplits} splits` : '',
    key: leavesOut ? parts : parts.slice(0, 2),
    ariaLabel: `${rows.filter((row) => row.startsWith('split')).length} splits of ${n} samples into train and test`,
    x: {
      ...across('sample'),
      domain: [0, n],
      ticks: 6,
      tickFormat: (i: number) => (Number.isInteger(i) ? String(i) : ''),
    },
    y: { type: 'band', domain: rows, tickSize: 0, padding: 0.22 },
    marks: [
      Plot.barX(bars, {
        x1: 'start',
        x2: 'end',
        y: 'row',
        fill: 'colour',
        title: 'title',
        className: 'runs',
        shapeRendering: 'crispEdges',
      }),
    ],
  });
}

interface Bar {
  row: string;
  start: number;
  end: number;
  colour: string;
  title: string;
}

/** A row of classes or groups, each in a colour of its own as far as colours go. */
function bandsOf(row: string, values: ArrayLike<unknown>, n: number): Bar[] {
  const places = new Map<unknown, number>();
  const sorted = [...new Set(Array.from(values))].sort((a, b) => ((a as number) < (b as number) ? -1 : 1));
  for (const [place, value] of sorted.entries()) places.set(value, place);
  return runsOf(n, (i) => values[i]).map(({ start, end, value }) => ({
    row,
    start,
    end,
    colour: bandColour(places.get(value) as number),
    title: `${placesOf(start, end)} ${row} ${String(value)}`,
  }));
}

const placesOf = (start: number, end: number): string => (end - start === 1 ? `${start}` : `${start}–${end - 1}`);
