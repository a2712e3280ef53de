import { describe, expect, test } from 'vitest';
import { learningCurve, nestedCrossValidate, permutationTestScore, validationCurve } from '../evaluate';
import { KFold, StratifiedKFold, TimeSeriesSplit } from '../index';
import { accuracyScore, data, nearestMean } from '../testing/nearestMean';

const build = ({ params }: { params: Record<string, unknown> }) => nearestMean(params);
const metrics = { accuracy: accuracyScore };
const splitter = new StratifiedKFold({ nSplits: 4 });

describe('learningCurve', () => {
  test('trains on the first samples of each training set', async () => {
    const seen: number[][] = [];
    const estimator = {
      fit: (x: number[]) => {
        seen.push(x);
      },
      predict: (x: number[]) => x.map(() => 0),
    };
    const count = (yTrue: number[]) => yTrue.length;
    const { trainSizes, curves } = await learningCurve({
      estimator,
      data,
      splitter,
      metrics: { count },
      trainSizes: [1, 0.1, 0.5],
    });
    expect([...trainSizes]).toEqual([3, 15, 30]);
    const first = [...splitter.split(40, data)].map(({ train }) => Array.from(train, (i) => data.x[i]));
    expect(seen).toEqual([3, 15, 30].flatMap((size) => first.map((x) => x.slice(0, size))));
    expect(curves.count?.train.map((row) => [...row])).toEqual([3, 15, 30].map((size) => [size, size, size, size]));
    expect([...(curves.count?.testMean ?? [])]).toEqual([10, 10, 10]);
    expect([...(curves.count?.testStd ?? [])]).toEqual([0, 0, 0]);
  });

  test('measures shares by the smallest training set', async () => {
    const { trainSizes } = await learningCurve({
      build,
      data,
      splitter: new KFold({ nSplits: 3 }),
      metrics,
      trainSizes: [1],
    });
    expect([...trainSizes]).toEqual([26]);
    const growing = { build, data, splitter: new TimeSeriesSplit({ nSplits: 3 }), metrics, trainSizes: [0.5, 1] };
    expect([...(await learningCurve(growing)).trainSizes]).toEqual([5, 10]);
  });

  test('shuffles by a seed, and takes numbers of samples', async () => {
    const x = await Promise.all(
      [1, 1, 2].map((seed) =>
        learningCurve({ build, data, splitter, metrics, trainSizes: [8, 4, 8], shuffle: true, seed }),
      ),
    );
    expect([...(x[0]?.trainSizes ?? [])]).toEqual([4, 8]);
    expect(x[0]).toEqual(x[1]);
    expect(x[0]?.curves).not.toEqual(x[2]?.curves);
  });

  test.each([[[0]], [[31, 2]], [[2.5, 3]], [[]]])('refuses the sizes %j', async (trainSizes) => {
    await expect(learningCurve({ build, data, splitter, metrics, trainSizes })).rejects.toThrow(
      /^learningCurve: trainSizes must /,
    );
  });
});

test('validationCurve scores by the value of a parameter', async () => {
  const { values, curves } = await validationCurve({
    build,
    data,
    splitter,
    metrics,
    parameter: 'blur',
    values: [0, 0.9, 1],
  });
  expect(values).toEqual([0, 0.9, 1]);
  const [sharp = 0, , blurred = 0] = curves.accuracy?.testMean ?? [];
  expect(sharp).toBeGreaterThan(0.9);
  expect(blurred).toBe(0.5);
  expect(curves.accuracy?.test.map(({ length }) => length)).toEqual([4, 4, 4]);
  const none = { build, data, splitter, metrics, parameter: 'blur', values: [] };
  await expect(validationCurve(none)).rejects.toThrow('values must have at least one entry');
  const stiff = { estimator: nearestMean(), data, splitter, metrics, parameter: 'blur', values: [1] };
  await expect(validationCurve(stiff)).rejects.toThrow('build must be given');
});

describe('permutationTestScore', () => {
  const common = { build, splitter, metrics, nPermutations: 19, seed: 4 };

  test('tells a connection from none', async () => {
    const { accuracy } = await permutationTestScore({ ...common, data });
    expect(accuracy?.pValue).toBe(1 / 20);
    expect(accuracy?.permutationScores).toHaveLength(19);
    expect(Math.max(...(accuracy?.permutationScores ?? []))).toBeLessThan(accuracy?.score ?? 0);
    const noise = { x: data.x.map((_, i) => Math.sin(i * i)), y: data.y };
    expect((await permutationTestScore({ ...common, data: noise })).accuracy?.pValue).toBeGreaterThan(0.05);
  });

  test('knows that less of a loss is better, and shuffles within groups only', async () => {
    const zeroOneLoss = (yTrue: number[], yPred: number[]) => 1 - accuracyScore(yTrue, yPred);
    const lossy = await permutationTestScore({ ...common, data, metrics: { zeroOneLoss } });
    expect(lossy.zeroOneLoss?.pValue).toBe(1 / 20);
    const { accuracy } = await permutationTestScore({ ...common, data: { ...data, groups: data.y } });
    expect(new Set(accuracy?.permutationScores)).toEqual(new Set([accuracy?.score]));
    expect(accuracy?.pValue).toBe(1);
  });

  test('refuses no permutations', async () => {
    await expect(permutationTestScore({ ...common, data, nPermutations: 0 })).rejects.toThrow(
      'permutationTestScore: nPermutations must be an integer of at least 1, got 0',
    );
  });
});

describe('nestedCrossValidate', () => {
  const common = { build, data, splitter, innerSplitter: new KFold({ nSplits: 3 }), metrics };

  test('chooses within the training samples and scores on the others', async () => {
    const seen: { params: unknown; size: number }[] = [];
    const watched = ({ params }: { params: Record<string, unknown> }) => {
      const model = nearestMean(params);
      return {
        ...model,
        fit: (x: number[], y: number[], options: { seed: number }) => {
          seen.push({ params, size: x.length });
          model.fit(x, y, options);
        },
      };
    };
    const nested = await nestedCrossValidate({
      ...common,
      build: watched,
      grid: { blur: [1, 0, 0.9], other: ['a', 'b'] },
    });
    expect(nested.candidates).toHaveLength(6);
    expect(nested.candidates[1]).toEqual({ blur: 1, other: 'b' });
    expect(nested.candidates[nested.chosen[0] as number]).toEqual({ blur: 0, other: 'a' });
    expect(nested.testScores.accuracy).toHaveLength(4);
    expect(nested.mean.accuracy).toBeGreaterThan(0.9);
    expect(nested.innerScores.map(({ length }) => length)).toEqual([6, 6, 6, 6]);
    expect(seen).toHaveLength(4 * 3 * 6 + 4);
    expect(seen.slice(0, 72).every(({ size }) => size === 20)).toBe(true);
    expect(seen.slice(72).map(({ size }) => size)).toEqual([30, 30, 30, 30]);
  });

  test('chooses the least of a loss', async () => {
    const zeroOneLoss = (yTrue: number[], yPred: number[]) => 1 - accuracyScore(yTrue, yPred);
    const { chosen } = await nestedCrossValidate({ ...common, metrics: { zeroOneLoss }, grid: { blur: [1, 0] } });
    expect([...chosen]).toEqual([1, 1, 1, 1]);
  });

  test('never shows the outer test samples to the search', async () => {
    const tasks: { train: Uint32Array; test: Uint32Array; fold: number; name: string }[] = [];
    const executor = {
      map: async (given: readonly unknown[], run: (task: never) => unknown) => {
        tasks.push(...(given as typeof tasks));
        return Promise.allSettled(given.map((task) => run(task as never))) as never;
      },
    };
    await nestedCrossValidate({ ...common, grid: { blur: [0, 1] }, executor });
    const outer = [...splitter.split(40, data)];
    for (const { train, test: tested, fold, name } of tasks.filter((task) => task.name.startsWith('inner'))) {
      const held = new Set(outer[fold]?.test);
      expect(
        [...train, ...tested].some((i) => held.has(i)),
        name,
      ).toBe(false);
    }
  });

  test.each([
    [{ grid: { blur: [] } }, 'nestedCrossValidate: grid.blur must have at least one value, got none'],
    [{ grid: { blur: [1] }, select: 'auc' }, 'nestedCrossValidate: select must name one of accuracy, got "auc"'],
    [{ grid: {}, build: undefined }, 'nestedCrossValidate: build must be given'],
  ])('refuses %j', async (options, message) => {
    await expect(nestedCrossValidate({ ...common, ...options })).rejects.toThrow(message);
  });
});
