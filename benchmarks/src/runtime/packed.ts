/**
 * `pnpm bench runtime` as one program for a machine that has a GPU and nothing else: benchmark and contenders in one file.
 * It is run in the repository's root, and leaves runtime.json in the folder OUT, or else in the one it is run in.
 */
import { join } from 'node:path';
import { report } from '../report.ts';

if (process.argv.length > 2) {
  await import('./contender.ts');
} else {
  process.env.TENON_CONTENDER = process.argv[1] as string;
  process.env.TENON_PEERS ??= join(process.cwd(), 'benchmarks', 'peers');
  const { runtime } = await import('./runtime.ts');
  const missed = await report('runtime', runtime, process.env.OUT ?? process.cwd());
  process.exit(missed > 0 ? 1 : 0);
}
