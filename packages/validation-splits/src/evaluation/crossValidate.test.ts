import { describe, expect, test, vi } from 'vitest';
import { crossValidate, crossValPredict, type Executor, FitsFailedError, type FitTask, fitRunner } from '../evaluate';
import { KFold, ShuffleSplit, StratifiedKFold } from '../index';
import { accuracyScore, data, nearestMean } from '../testing/nearestMean';

const build = () => nearestMean();
const metrics = { accuracy: accuracyScore };
const splitter = new StratifiedKFold({ nSplits: 4 });
const failing = (folds: number[]) => {
  let fold = 0;
  return () => {
    const current = fold++;
    if (folds.includes(current)) throw new Error(`no memory for ${current}`);
    return nearestMean();
  };
};

describe('crossValidate', () => {
  test('scores each fold by a model that has not seen it', async () => {
    const folds = [...splitter.split(40, data)];
    const { testScores, trainScores, mean, std, fitMilliseconds } = await crossValidate({
      build,
      data,
      splitter,
      metrics,
      trainScores: true,
    });
    const expected = folds.map(({ train, test }) => {
      const model = nearestMean();
      const of = (rows: Uint32Array) => ({
        x: Array.from(rows, (i) => data.x[i] as number),
        y: Array.from(rows, (i) => data.y[i] as number),
      });
      const [trained, tested] = [of(train), of(test)];
      model.fit(trained.x, trained.y, { seed: 0 });
      return {
        test: accuracyScore(tested.y, model.predict(tested.x) as number[]),
        train: accuracyScore(trained.y, model.predict(trained.x) as number[]),
      };
    });
    expect([...(testScores.accuracy ?? [])]).toEqual(expected.map((fold) => fold.test));
    expect([...(trainScores.accuracy ?? [])]).toEqual(expected.map((fold) => fold.train));
    const average = expected.reduce((sum, fold) => sum + fold.test, 0) / 4;
    expect(mean.accuracy).toBeCloseTo(average, 12);
    const variance = expected.reduce((sum, fold) => sum + (fold.test - average) ** 2, 0) / 4;
    expect(std.accuracy).toBeCloseTo(Math.sqrt(variance), 12);
    expect(fitMilliseconds).toHaveLength(4);
  });

  test('gives each fit a seed of its own, the same in every run', async () => {
    const seedsOf = async (seed: number) => {
      const seeds: number[] = [];
      const seeded = (options: { seed: number }) => {
        seeds.push(options.seed);
        return nearestMean();
      };
      await crossValidate({ build: seeded, data, splitter, metrics, seed });
      return seeds;
    };
    const seeds = await seedsOf(7);
    expect(new Set(seeds).size).toBe(4);
    expect(await seedsOf(7)).toEqual(seeds);
    expect(await seedsOf(8)).not.toEqual(seeds);
  });

  test('takes one estimator, typed arrays, a matrix, or rows of its own taking', async () => {
    const kept: number[] = [];
    const estimator = {
      fit: (x: { data: ArrayLike<number>; rows: number; columns: number }, y: Int32Array) => {
        kept.push(x.rows, x.data.length, y.length);
      },
      predict: (x: { rows: number }) => new Int32Array(x.rows),
    };
    const x = { data: Float32Array.from({ length: 12 }, (_, i) => i), rows: 6, columns: 2 };
    const zeros = (_: Int32Array, predicted: Int32Array) => predicted.length;
    const { testScores } = await crossValidate({
      estimator,
      data: { x, y: new Int32Array(6) },
      splitter: new KFold({ nSplits: 3 }),
      metrics: { zeros },
    });
    expect(kept).toEqual([4, 8, 4, 4, 8, 4, 4, 8, 4]);
    expect([...(testScores.zeros ?? [])]).toEqual([2, 2, 2]);

    const dispose = vi.fn();
    const owner = { rows: [...Array(6).keys()], dispose };
    const take = ({ rows }: typeof owner, chosen: Uint32Array) => ({
      rows: Array.from(chosen, (i) => rows[i] as number),
      dispose,
    });
    const own = { fit: () => {}, predict: ({ rows }: typeof owner) => rows, dispose };
    const first = (_: number[], rows: number[]) => rows[0] as number;
    const taken = await crossValidate({
      build: () => own,
      data: { x: owner, y: [0, 0, 0, 1, 1, 1], take },
      splitter: new KFold({ nSplits: 3 }),
      metrics: { first },
    });
    expect([...(taken.testScores.first ?? [])]).toEqual([0, 2, 4]);
    expect(dispose).toHaveBeenCalledTimes(9); // two sides and the estimator, three times
  });

  test('asks for probabilities where a metric is of them', async () => {
    const brier = (yTrue: number[], p: Float64Array) =>
      yTrue.reduce((sum, label, i) => sum + (label - (p[i] as number)) ** 2, 0) / yTrue.length;
    const scored = await crossValidate({
      build,
      data,
      splitter,
      metrics: { accuracy: accuracyScore, brier: { metric: brier, of: 'predictProba' as const } },
    });
    expect(scored.mean.brier).toBeGreaterThan(0);
    expect(scored.mean.brier).toBeLessThan(0.2);
  });

  test('lists all fits that failed, when the others are done', async () => {
    const done: string[] = [];
    const failed = crossValidate({
      build: failing([1, 3]),
      data,
      splitter,
      metrics,
      onProgress: ({ done: count, total, name }) => done.push(`${count}/${total} ${name}`),
    });
    await expect(failed).rejects.toThrow(
      'crossValidate: 2 of 4 fits failed; fold 1: no memory for 1; fold 3: no memory for 3',
    );
    await expect(failed).rejects.toBeInstanceOf(FitsFailedError);
    const { failures } = (await failed.catch((error: unknown) => error)) as FitsFailedError;
    expect(failures.map(({ fold }) => fold)).toEqual([1, 3]);
    expect(done).toEqual(['1/4 fold 0', '2/4 fold 1', '3/4 fold 2', '4/4 fold 3']);
  });

  test('stops when it is aborted', async () => {
    const controller = new AbortController();
    const built = vi.fn(build);
    const aborted = crossValidate({
      build: built,
      data,
      splitter,
      metrics,
      signal: controller.signal,
      onProgress: ({ done }) => done === 2 && controller.abort(new Error('enough')),
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(built).toHaveBeenCalledTimes(2);
  });

  test('hands plain tasks to any executor', async () => {
    const run = fitRunner({ build, data, metrics });
    const elsewhere: Executor = {
      async map(tasks) {
        const sent = structuredClone(tasks) as unknown as FitTask[];
        return Promise.allSettled(sent.map(run)) as Promise<PromiseSettledResult<never>[]>;
      },
    };
    const here = await crossValidate({ build, data, splitter, metrics, seed: 3 });
    const there = await crossValidate({ build, data, splitter, metrics, seed: 3, executor: elsewhere });
    expect(there.testScores).toEqual(here.testScores);
  });

  test.each([
    [{ build, data: { x: [1], y: [] } }, 'crossValidate: data.y must have at least one entry, got 0'],
    [{ data }, 'crossValidate: build or estimator must be given, got neither'],
    [
      { build, data: { ...data, x: data.x.slice(1) } },
      'crossValidate: data.x must have 40 entries, one a sample, got 39',
    ],
    [{ build, data: { ...data, groups: [1] } }, 'crossValidate: data.groups must have 40 entries, one a sample, got 1'],
    [{ build, data, seed: -1 }, 'crossValidate: seed must be an integer of at least 0, got -1'],
  ])('refuses what cannot be run', async (options, message) => {
    await expect(crossValidate({ splitter, metrics, ...options })).rejects.toThrow(message);
  });
});

describe('crossValPredict', () => {
  test('predicts each sample by the model that has not seen it', async () => {
    const predicted = await crossValPredict({ build, data, splitter });
    expect(predicted).toHaveLength(40);
    expect(accuracyScore(data.y, predicted)).toBeGreaterThan(0.9);
    const probabilities = await crossValPredict({ build, data, splitter, method: 'predictProba' });
    expect(probabilities).toBeInstanceOf(Float64Array);
    expect(Array.from(probabilities, (p) => (p > 0.5 ? 1 : 0))).toEqual(predicted);

    const echo = { fit: () => {}, predict: (x: number[]) => x };
    const shuffled = new KFold({ nSplits: 3, shuffle: true, seed: 1 });
    expect(await crossValPredict({ estimator: echo, data, splitter: shuffled })).toEqual(data.x);
  });

  test('refuses splits that test a sample twice or never, and predictions of another length', async () => {
    const drawn = crossValPredict({ build, data, splitter: new ShuffleSplit({ nSplits: 2, seed: 1 }) });
    await expect(drawn).rejects.toThrow(
      /^crossValPredict: splitter must test each sample once, got sample \d+ tested [02] times$/,
    );
    const short = { fit: () => {}, predict: () => [1] };
    await expect(crossValPredict({ estimator: short, data, splitter })).rejects.toThrow(
      'crossValPredict: fold 0 must predict 10 samples, got 1',
    );
    const mute = { fit: () => {}, predict: (x: number[]) => x };
    await expect(crossValPredict({ estimator: mute, data, splitter, method: 'predictProba' })).rejects.toThrow(
      'the estimator must have predictProba',
    );
  });
});
