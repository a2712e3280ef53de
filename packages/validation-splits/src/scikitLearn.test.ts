import { describe, expect, test } from 'vitest';
import cases from '../../../tools/oracles/validationSplits.json';
import * as index from './index';

const splitters = new Map<string, unknown>(Object.entries(index));

const silent = { onWarning: () => {} };
type Maker = new (options: object) => index.Divider;

describe.each(cases)('$splitter, $options, n = $n', ({ splitter, options, n, y, groups, test: tested, train }) => {
  test("gives scikit-learn's indices", () => {
    const Made = splitters.get(splitter) as Maker;
    const made = new Made({ ...options, ...silent });
    const splits = [...made.split(n, { y, groups })];
    expect(splits.map((split) => [...split.test])).toEqual(tested);
    const everyone = Array.from({ length: n }, (_, i) => i);
    const expected = train ?? tested.map((fold) => everyone.filter((i) => !(fold as number[]).includes(i)));
    expect(splits.map((split) => [...split.train])).toEqual(expected);
  });
});
