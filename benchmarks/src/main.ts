/**
 * Runs benchmarks by name, prints their tables and keeps their figures in benchmarks/results.
 *
 *     pnpm bench [NAME [PART…]…] [--help]
 */
import { join } from 'node:path';
import { type Benchmarks, choose } from './choose.ts';
import { coreLayers } from './coreLayers/coreLayers.ts';
import { flowSpeed } from './flows/flows.ts';
import { markovChains } from './markovChains.ts';
import { metricsOfMillion } from './metrics.ts';
import { flowQuality } from './quality/flowQuality.ts';
import { layerQuality } from './quality/layerQuality.ts';
import { planeFlows } from './quality/planeFlows.ts';
import { report } from './report.ts';
import { runtime } from './runtime/runtime.ts';
import { validationSplits } from './validationSplits.ts';

const benchmarks: Benchmarks = {
  runtime,
  coreLayers,
  flows: flowSpeed,
  quality: { flows: flowQuality, 'plane-flows': planeFlows, 'core-layers': layerQuality },
  validationSplits,
  metrics: metricsOfMillion,
  markovChains,
};

const words = process.argv.slice(2).filter((word) => word !== '--');
const { chosen, unknown } = choose(benchmarks, words);
if (words.includes('--help') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`bench: a name must be one of these, got ${unknown.join(', ')}`);
  for (const [name, { title }] of choose(benchmarks, []).chosen) console.log(`${name.padEnd(20)} ${title}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}

let missed = 0;
for (const [name, benchmark] of chosen) {
  missed += await report(name, benchmark, join(import.meta.dirname, '..', 'results'));
}
// Backends may hold on to threads.
process.exit(missed > 0 ? 1 : 0);
