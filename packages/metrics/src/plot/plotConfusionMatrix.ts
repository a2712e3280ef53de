import * as Plot from '@observablehq/plot';
import { describe } from '../arguments/describe';
import type { Label } from '../arguments/labels';
import { refuse } from '../arguments/refuse';
import { across, draw, type PictureOptions } from './draw';

/**
 * A confusion matrix as a chequered board: a row for each true class, coloured by the share of that class, with the count
 * and, where there is room, the share in the cell.
 *
 *     plotConfusionMatrix(confusionMatrix(yTrue, yPred), { labels: ['cat', 'dog'] })
 *
 * @param matrix - [K, K], rows the truth, columns the prediction.
 * @param options - `labels`, the names of the classes, [K]; their numbers if left out.
 * @returns an SVG element as text.
 * @throws RangeError if the matrix is not square or there are not as many labels as classes; TypeError if there is no
 * document to draw in.
 */
export function plotConfusionMatrix(
  matrix: readonly ArrayLike<number>[],
  { labels, ...options }: PictureOptions & { labels?: readonly Label[] } = {},
): string {
  const caller = 'plotConfusionMatrix';
  const size = matrix?.length;
  const wide = Array.isArray(matrix) ? matrix.find((row) => row.length !== size) : matrix;
  if (!size || wide !== undefined) {
    refuse(caller, 'matrix', 'be [K, K]', wide ? `a row of ${wide.length} among ${size}` : describe(matrix));
  }
  const names = (labels ?? Array.from({ length: size }, (_, k) => k)).map(String);
  if (names.length !== size) refuse(caller, 'labels', `have ${size} elements`, names.length);

  const cells = matrix.flatMap((row, i) => {
    const total = Array.from(row).reduce((sum, count) => sum + count, 0);
    return Array.from(row, (count, j) => ({ truth: i, said: j, count, share: total > 0 ? count / total : 0 }));
  });
  const longest = Math.max(...names.map((name) => name.length));
  const marginLeft = Math.min(44 + 7.5 * longest, 160);
  const { width = 440 } = options;
  const room = (width - marginLeft - 22) / size; // pixels a cell
  const turned = longest * 7.5 > room;
  const ink = ({ share, count }: { share: number; count: number }) =>
    share > 0.55 ? 'var(--paper)' : count === 0 ? 'var(--quiet)' : 'var(--ink)';
  const inside = { x: 'said', y: 'truth', fill: ink } as const;
  const name = (k: number) => shorten(names[k] as string);
  return draw(caller, options, {
    square: true,
    up: 'actual',
    marginLeft,
    marginBottom: turned ? Math.min(32 + 5 * longest, 130) : 46,
    padding: 0.04,
    ariaLabel: `Confusion matrix of ${names.join(', ')}`,
    x: {
      ...across('predicted'),
      tickFormat: name,
      tickSize: 0,
      tickRotate: turned ? -45 : 0,
    },
    y: { tickFormat: name, tickSize: 0 },
    marks: [
      Plot.cell(cells, { x: 'said', y: 'truth', fill: 'var(--rule)', fillOpacity: 0.35 }),
      Plot.cell(cells, {
        x: 'said',
        y: 'truth',
        fill: 'var(--s1)',
        fillOpacity: 'share',
        title: describeCell(names),
        className: 'cells',
      }),
      ...(room >= 26
        ? [Plot.text(cells, { ...inside, text: ({ count }) => short(count), dy: room >= 52 ? -7 : 0, fontWeight: 600 })]
        : []),
      ...(room >= 52
        ? [Plot.text(cells, { ...inside, text: ({ share }) => percent(share), dy: 9, fontSize: 11 })]
        : []),
    ],
    opacity: { type: 'linear', domain: [0, 1], range: [0, 1] },
  });
}

const shorten = (name: string): string => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
const short = (count: number): string => (Number.isInteger(count) ? String(count) : count.toPrecision(3));

const describeCell =
  (names: readonly string[]) =>
  ({ truth, said, count }: { truth: number; said: number; count: number }): string =>
    `${names[truth]} said to be ${names[said]}: ${short(count)}`;
