/**
 * Runs benchmarks by name, prints their tables and keeps their figures in benchmarks/results.
 *
 *     pnpm bench [NAME…] [--help]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Outcome } from './benchmark.ts';
import { metricsOfMillion } from './metrics.ts';
import { quality } from './quality/quality.ts';
import { realNvpStep } from './realNvpStep.ts';
import { table } from './table.ts';
import { validationSplits } from './validationSplits.ts';

const benchmarks: Record<string, Benchmark> = { realNvpStep, quality, validationSplits, metrics: metricsOfMillion };

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
  console.log(`\n${name}: ${benchmark.title}\n`);
  const outcome = await benchmark.run((line) => console.error(`  ${line}`));
  keep(name, outcome);
  if (outcome.rows.length > 0) console.log(table(outcome.rows));
  for (const note of outcome.notes ?? []) console.log(`note: ${note}`);
  for (const { what, figure, goal, reached } of outcome.goals ?? []) {
    console.log(`${reached ? 'reached' : 'MISSED '}  ${what}: ${figure} (goal: ${goal})`);
    if (!reached) missed++;
  }
}
// Backends may hold on to threads.
process.exit(missed > 0 ? 1 : 0);

/** Figures mean something only beside the machine they were taken on. */
function keep(name: string, outcome: Outcome): void {
  const folder = join(import.meta.dirname, '..', 'results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const result = { name, date: new Date().toISOString().slice(0, 10), machine, ...outcome };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
