/** Neighbours that are alike: from `start` up to, not including, `end`. */
export interface Run<Value> {
  start: number;
  end: number;
  value: Value;
}

/** The runs of a row of values. */
export function runsOf<Value>(n: number, valueAt: (i: number) => Value): Run<Value>[] {
  const runs: Run<Value>[] = [];
  for (let i = 0; i < n; i++) {
    const value = valueAt(i);
    const last = runs.at(-1);
    if (last && last.value === value) last.end = i + 1;
    else runs.push({ start: i, end: i + 1, value });
  }
  return runs;
}
