import { randomUniform } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import { expect, test } from 'vitest';
import { Logistic } from './logistic';

describeOnEachBackend('the logistic distribution', () => {
  test('a uniform number of 0 gives a draw far out, not an infinite one', async () => {
    const seed = 1343428; // found by search: one number in 2²⁴ is 0
    expect((await randomUniform([4], { seed }).data())[3]).toBe(0);
    expect((await new Logistic().sample(4, { seed }).data())[3]).toBeCloseTo(-24 * Math.LN2, 4);
  });
});
