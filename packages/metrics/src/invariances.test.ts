import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { difference } from './testing/difference';
import { type Column, draw, type Kind, registry } from './testing/registry';

const length = 24;
const words = ['ant', 'bee', 'cat'];
const order = Array.from({ length }, (_, i) => (i * 7 + 5) % length);

function pick<Values extends Column>(values: Values, places: number[]): Values {
  return places.map((i) => values[i]) as Values;
}

function same(got: unknown, expected: unknown): void {
  expect(difference(got, expected, 1e-10)).toBe(null);
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

describe.each(registry)('$name', ({ call, truth, prediction, symmetric, weights }) => {
  const yTrue = draw(truth, length, 1);
  const yPred = draw(prediction, length, 2);
  const plain = (): unknown => call(yTrue, yPred, {});

  test('the order of the samples matters not', () => {
    same(call(pick(yTrue, order), pick(yPred, order), {}), plain());
  });

  test.runIf(symmetric)('truth and prediction may change places', () => {
    same(call(yPred, yTrue, {}), plain());
  });

  test.runIf(symmetric === false)('truth and prediction may not change places', () => {
    expect(difference(call(yPred, yTrue, {}), plain(), 1e-10)).not.toBe(null);
  });

  test.skipIf(weights)('weights of 1 are none', () => {
    same(call(yTrue, yPred, { sampleWeight: new Array(length).fill(1) }), plain());
  });

  test.skipIf(weights === 'none')('a sample of weight 2 is one that is there twice', () => {
    const sampleWeight = Array.from({ length }, (_, i) => (i % 3 ? 1 : 2));
    const places = sampleWeight.flatMap((weight, i) => new Array<number>(weight).fill(i));
    const each = weights === 'other' ? { sampleWeight: places.map(() => 1) } : {};
    same(call(pick(yTrue, places), pick(yPred, places), each), call(yTrue, yPred, { sampleWeight }));
  });

  test.skipIf(weights === 'none')('a sample of weight 0 is one that is not there', () => {
    const sampleWeight = Array.from({ length }, (_, i) => Number(i % 5 !== 4));
    const places = order.filter((i) => sampleWeight[i] === 1);
    const each = weights === 'other' ? { sampleWeight: places.map(() => 1) } : {};
    same(call(pick(yTrue, places), pick(yPred, places), each), call(yTrue, yPred, { sampleWeight }));
  });

  test.runIf(labelled(truth))('words are as good as numbers', () => {
    const word = (values: Column, kind: Kind): Column =>
      labelled(kind) ? (values as number[]).map((i) => words[i] as string) : values;
    const posLabel = truth === 'binary' ? { posLabel: 'bee' } : {};
    const unnamed = (result: unknown): unknown =>
      JSON.parse(JSON.stringify(result, (key, value) => (key === 'label' || key === 'name' ? null : value)));
    same(unnamed(call(word(yTrue, truth), word(yPred, prediction), posLabel)), unnamed(plain()));
  });

  test('a typed array is as good as an array', () => {
    const typed = (values: Column): Column =>
      (Array.isArray(values[0])
        ? { data: Float64Array.from((values as number[][]).flat()), rows: length, columns: 3 }
        : Float64Array.from(values as number[])) as never;
    same(call(typed(yTrue), typed(yPred), {}), plain());
  });

  test('what is of another length, or not a number, is refused by name', () => {
    expect(() => call(yTrue, pick(yPred, order.slice(1)), {})).toThrow(/^\w+: \w+(\.\w+)? must (be|have) .*, got .*23/);
    const broken = [...yPred] as unknown[];
    broken[4] = Array.isArray(broken[4]) ? [0.5, Number.NaN, 0.5] : Number.NaN;
    expect(() => call(yTrue, broken as never, {})).toThrow(/^\w+: \w+\[4\](\[1\])? must be finite, got NaN$/);
    expect(() => call([] as never, [] as never, {})).toThrow(/^\w+: \w+ must have at least 1 element, got 0$/);
    expect(() => call(null as never, yPred, {})).toThrow(/^\w+: yTrue must be an array, got null$/);
  });

  test.skipIf(weights === 'none')('bad weights are refused by name', () => {
    const ones = new Array<number>(length).fill(1);
    const refuse = (sampleWeight: number[], message: RegExp): void => {
      expect(() => call(yTrue, yPred, { sampleWeight })).toThrow(message);
    };
    refuse(ones.slice(1), /^\w+: sampleWeight must have 24 elements, got 23$/);
    refuse([...ones.slice(1), -1], /^\w+: sampleWeight\[23\] must be at least 0, got -1$/);
    refuse([...ones.slice(1), Infinity], /^\w+: sampleWeight\[23\] must be finite, got Infinity$/);
  });
});

function labelled(kind: Kind): boolean {
  return kind === 'labels' || kind === 'binary';
}
