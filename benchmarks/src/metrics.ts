import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { averagePrecisionScore, confusionMatrix, f1Score, logLoss, rocAucScore } from '@tenonjs/metrics';
import type { Benchmark, Goal, Row } from './benchmark.ts';
import { startContender } from './contenders.ts';
import { medianTimes } from './medianTimes.ts';
import { type Samples, samplesOf } from './samplesOfMillion.ts';

const PYTHON = '/usr/bin/python3';
const size = { n: 1_000_000, classes: 10 };
/** How many times faster than scikit-learn each must be. */
const GOAL = 2;
/** How many copies of its input a metric may make room for, its result included. */
const COPIES = 3;

/** By scikit-learn's names. */
const metrics: Record<string, (samples: Samples) => number> = {
  roc_auc_score: ({ sick, score }) => rocAucScore(sick, score),
  average_precision_score: ({ sick, score }) => averagePrecisionScore(sick, score),
  confusion_matrix: ({ label, guess }) => confusionMatrix(label, guess)[1]?.[2] as number,
  f1_score: ({ label, guess }) => f1Score(label, guess, { average: 'macro' }),
  log_loss: ({ sick, score }) => logLoss(sick, score),
};

/** Metrics of a million samples, all of whose scores differ, or of ten classes. */
export const metricsOfMillion: Benchmark = {
  title: 'metrics of 1e6 samples, 2 and 10 classes: here and in scikit-learn, one thread; and their memory',
  async run(say) {
    const samples = samplesOf(size);
    const rows: Row[] = [];
    const goals: Goal[] = [];
    const notes = new Set<string>();
    for (const [name, metric] of Object.entries(metrics)) {
      say(name);
      const tenon = async () => {
        const began = performance.now();
        metric(samples);
        return performance.now() - began;
      };
      const peer = await startContender(PYTHON, [
        join(import.meta.dirname, '../peers/metrics.py'),
        JSON.stringify({ metric: name, value: metric(samples), ...size }),
      ]).catch(({ message }: Error) => void notes.add(`scikit-learn: ${message}; apt-get install python3-sklearn`));
      const contenders = { tenon, ...(peer && { sklearn: () => peer.step() }) };
      const times = await medianTimes(contenders, { warmUp: 2, rounds: 15, seconds: 6 });
      peer?.dispose();
      const row: Row = { metric: name, 'Tenon ms': rounded(times.tenon as number) };
      if (peer) {
        const ratio = (times.sklearn as number) / (times.tenon as number);
        row['scikit-learn ms'] = rounded(times.sklearn as number);
        row['scikit-learn / Tenon'] = rounded(ratio);
        notes.add(`the peer is ${peer.device}, and both give the same values`);
        goals.push({
          what: name,
          figure: `${rounded(ratio)} times faster`,
          goal: `${GOAL} times`,
          reached: ratio >= GOAL,
        });
      }
      rows.push(row);
    }
    say('memory');
    const memory = memoryRows();
    if (memory.length === 0) notes.add('memory: only Linux says how high it rose');
    for (const row of memory) {
      const copies = row['copies of the input'] as number;
      const figure = `${copies} copies of its input`;
      goals.push({ what: `memory of ${row.metric}`, figure, goal: `${COPIES} copies`, reached: copies <= COPIES });
    }
    return { rows: [...rows, ...memory], goals, notes: [...notes] };
  },
};

/** By how much the memory of a process grew at the most that calls each metric once. */
function memoryRows(): Row[] {
  if (!existsSync('/proc/self/clear_refs')) return [];
  const program = join(import.meta.dirname, 'metricsMemory.ts');
  const run = (...words: string[]) =>
    JSON.parse(execFileSync(process.execPath, ['--expose-gc', program, ...words], { encoding: 'utf8' }));
  return (run() as string[]).map((metric) => {
    const { given, grown }: { given: number; grown: number } = run(metric, String(size.n));
    return {
      metric,
      'input MB': rounded(given / 1e6),
      'grown MB': Number((grown / 1e6).toFixed(1)),
      'copies of the input': Number((grown / given).toFixed(2)),
    };
  });
}

const rounded = (value: number) => Number(value.toPrecision(3));
