import type { OpProfile, Profile } from './profile';

/**
 * A profile as a table for people: an op a line, the costliest first, and the sums.
 *
 * @param profile - from `profile`.
 * @param options.most - how many ops are listed; the sums are those of all. Default: 20.
 *
 * @example
 * console.log(formatProfile(await profile(() => model.predict(x))));
 */
export function formatProfile(
  { rows, totals }: Omit<Profile<unknown>, 'result'>,
  { most = 20 }: { most?: number } = {},
): string {
  const lines = [
    ['op', 'calls', 'dispatches', 'GPU ms', 'host ms', 'MB'],
    ...rows.slice(0, most).map(cellsOf),
    ...(rows.length > most ? [[`… and ${rows.length - most} more`, '', '', '', '', '']] : []),
    cellsOf({ name: 'all', ...totals }),
  ];
  const widths = (lines[0] as string[]).map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] as string).length)),
  );
  return lines
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const cellsOf = ({ name, calls, dispatches, gpuTime, hostTime, bytes }: OpProfile): string[] => [
  name,
  String(calls),
  String(dispatches),
  gpuTime === undefined ? '–' : gpuTime.toFixed(3),
  hostTime.toFixed(3),
  (bytes / 1e6).toFixed(3),
];
