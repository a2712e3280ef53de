import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import type { Benchmark, Outcome } from './benchmark.ts';
import { table } from './table.ts';

/**
 * Runs a benchmark, prints its table and keeps its figures as `folder/name.json`.
 *
 * @returns how many of its goals were missed.
 */
export async function report(name: string, benchmark: Benchmark, folder: string): Promise<number> {
  console.log(`\n${name}: ${benchmark.title}\n`);
  const outcome = await benchmark.run((line) => console.error(`  ${line}`));
  keep(name, outcome, folder);
  for (const rows of likeRows(outcome.rows)) console.log(`${table(rows)}\n`);
  for (const note of outcome.notes ?? []) console.log(`note: ${note}`);
  let missed = 0;
  for (const { what, figure, goal, reached } of outcome.goals ?? []) {
    console.log(`${reached ? 'reached' : 'MISSED '}  ${what}: ${figure} (goal: ${goal})`);
    if (!reached) missed++;
  }
  return missed;
}

/** Rows in groups that share their first figure's name: each a table of its own. */
function likeRows(rows: Outcome['rows']): Outcome['rows'][] {
  const groups = new Map<string | undefined, Outcome['rows']>();
  for (const row of rows) {
    const key = Object.entries(row).find(([, value]) => typeof value === 'number')?.[0];
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** Figures mean something only beside the machine they were taken on. */
function keep(name: string, outcome: Outcome, folder: string): void {
  const file = join(folder, `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const result = { name, date: new Date().toISOString().slice(0, 10), machine, ...outcome };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
