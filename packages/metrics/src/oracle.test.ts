import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as metrics from './index';
import { difference } from './testing/difference';
import { oracleCases } from './testing/oracle';

/** Sums of logarithms and powers may end in other digits. */
const transcendental = /logLoss|Tweedie|entropy|Divergence|mutual|perplexity|bits|cg|Percentage|Log|psnr|ssim|Test/i;

const functions = metrics as unknown as Record<string, (...values: unknown[]) => unknown>;

function run({ name, arguments: values, options }: { name: string; arguments: unknown[]; options: object }): unknown {
  const result = functions[name]?.(...values, ...(Object.keys(options).length ? [options] : []));
  return name === 'classificationReport' ? metrics.formatReport(result as metrics.ClassificationReport) : result;
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

const byName = Map.groupBy(oracleCases('metrics'), ({ name }) => name);

test.each([...byName])('%s', (name, cases) => {
  const tolerance = transcendental.test(name) ? 1e-9 : 1e-12;
  const wrong = cases.flatMap((one) => {
    const frozen = structuredClone(one);
    const found = difference(run(one), one.expected, tolerance);
    expect(one).toEqual(frozen); // nothing that is passed in is changed
    return found ? [`${found}\n  ${JSON.stringify(one)}`] : [];
  });
  expect(wrong.slice(0, 3).join('\n')).toBe('');
});
