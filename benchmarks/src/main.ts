/**
 * Runs benchmarks by name, prints their tables and keeps their figures in benchmarks/results.
 *
 *     pnpm bench [NAME…] [--help]
 */
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { markovChains } from './markovChains.ts';
import { metricsOfMillion } from './metrics.ts';
import { planeFlows } from './quality/planeFlows.ts';
import { quality } from './quality/quality.ts';
import { realNvpStep } from './realNvpStep.ts';
import { report } from './report.ts';
import { runtime } from './runtime/runtime.ts';
import { validationSplits } from './validationSplits.ts';

const benchmarks: Record<string, Benchmark> = {
  planeFlows,
  runtime,
  realNvpStep,
  quality,
  validationSplits,
  metrics: metricsOfMillion,
  markovChains,
};

const words = process.argv.slice(2).filter((word) => word !== '--');
const unknown = words.filter((word) => !Object.hasOwn(benchmarks, word) && word !== '--help');
if (words.includes('--help') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`bench: a name must be one of these, got ${unknown.join(', ')}`);
  for (const [name, { title }] of Object.entries(benchmarks)) console.log(`${name.padEnd(16)} ${title}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}

let missed = 0;
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (words.length > 0 && !words.includes(name)) continue;
  missed += await report(name, benchmark, join(import.meta.dirname, '..', 'results'));
}
// Backends may hold on to threads.
process.exit(missed > 0 ? 1 : 0);
