import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/schedules.json';
import { constantSchedule } from './constantSchedule';
import { cosineDecay } from './cosineDecay';
import { exponentialDecay } from './exponentialDecay';
import { oneCycle } from './oneCycle';
import { polynomialDecay } from './polynomialDecay';
import type { Schedule } from './schedule';
import { stepDecay } from './stepDecay';
import { warmUp } from './warmUp';

const STEPS = 40;

/** As the oracle's. */
const schedules: Record<keyof typeof oracle.schedules, Schedule> = {
  step: stepDecay({ rate: 0.1, every: 7, factor: 0.3 }),
  milestones: stepDecay({ rate: 0.1, every: [3, 10, 11], factor: 0.5 }),
  exponential: exponentialDecay({ rate: 0.1, factor: 0.9 }),
  polynomial: polynomialDecay({ rate: 0.1, steps: 25, power: 2 }),
  cosine: cosineDecay({ rate: 0.1, steps: STEPS - 1, minRate: 0.01 }),
  restarts: cosineDecay({ rate: 0.1, steps: 5, minRate: 0.001, restarts: 2 }),
  evenRestarts: cosineDecay({ rate: 0.1, steps: 6, restarts: 1 }),
  warmUp: warmUp({ steps: 8, from: 0.25 }, exponentialDecay({ rate: 0.1, factor: 0.95 })),
  oneCycle: oneCycle({ maxRate: 0.5, steps: STEPS + 1 }),
  oneCycleLinear: oneCycle({
    maxRate: 0.5,
    steps: STEPS + 1,
    rise: 0.2,
    startDivisor: 10,
    endDivisor: 100,
    shape: 'linear',
  }),
};

describe('a schedule', () => {
  test.each(Object.keys(oracle.schedules) as (keyof typeof schedules)[])("has PyTorch's rates: %s", (name) => {
    oracle.schedules[name].forEach((expected, step) => {
      expect(Math.abs(schedules[name](step) - expected)).toBeLessThanOrEqual(1e-12 * expected);
    });
  });

  test('stays at its end', () => {
    expect(schedules.cosine(10 * STEPS)).toBeCloseTo(0.01, 12);
    expect(schedules.polynomial(10 * STEPS)).toBe(0);
    expect(polynomialDecay({ rate: 1, steps: 4, endRate: 0.5 })(2)).toBe(0.75);
    expect(schedules.oneCycle(10 * STEPS)).toBeCloseTo(0.5 / 25 / 1e4, 15);
    expect(constantSchedule(0.3)(10 * STEPS)).toBe(0.3);
  });

  test('may be built of others', () => {
    const rate = warmUp({ steps: 4 }, warmUp({ steps: 2, from: 0.5 }, constantSchedule(1)));
    expect(Array.from({ length: 7 }, (_, step) => rate(step))).toEqual([0.125, 0.21875, 0.3125, 0.40625, 0.5, 0.75, 1]);
    expect(exponentialDecay({ rate: 1, factor: 0.5, every: 10 })(20)).toBe(0.25);
  });

  test('refuses what is out of range', () => {
    expect(() => constantSchedule(-1)).toThrow('constantSchedule: rate must be a non-negative number, got -1');
    expect(() => stepDecay({ rate: 1, every: 0 })).toThrow('stepDecay: every must be a positive integer, got 0');
    expect(() => stepDecay({ rate: 1, every: [1, 2.5] })).toThrow('each of every must be a positive integer, got 2.5');
    expect(() => exponentialDecay({ rate: 1, factor: Number.NaN })).toThrow('factor must be a non-negative number');
    expect(() => cosineDecay({ rate: 1, steps: 5, restarts: 0.5 })).toThrow('restarts must be a positive integer');
    expect(() => polynomialDecay({ rate: 1, steps: -1 })).toThrow('steps must be a positive integer, got -1');
    expect(() => warmUp({ steps: 0 }, constantSchedule(1))).toThrow('warmUp: steps must be a positive integer, got 0');
    expect(() => oneCycle({ maxRate: 1, steps: 3 })).toThrow(
      'oneCycle: rise must leave steps before and after the peak',
    );
    expect(() => oneCycle({ maxRate: 1, steps: 30, endDivisor: 0 })).toThrow('endDivisor must be positive, got 0');
  });
});
