import { join } from 'node:path';
import { averagePrecisionScore, confusionMatrix, f1Score, logLoss, rocAucScore } from '@tenonjs/metrics';
import type { Benchmark, Goal, Row } from './benchmark.ts';
import { startContender } from './contenders.ts';
import { medianTimes } from './medianTimes.ts';

const PYTHON = '/usr/bin/python3';
const size = { n: 1_000_000, classes: 10 };
/** How many times faster than scikit-learn each must be. */
const GOAL = 2;

type Samples = ReturnType<typeof samplesOf>;

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
  title: 'metrics of 1e6 samples, 2 and 10 classes: here and in scikit-learn, one thread',
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
    return { rows, goals, notes: [...notes] };
  },
};

/** Labels, guesses and scores in no order, the same in the peer. */
function samplesOf({ n, classes }: typeof size) {
  const mixed = Uint32Array.from({ length: n }, (_, i) => Math.imul(i, 2654435761));
  const again = mixed.map((value) => Math.imul(value ^ (value >>> 15), 2246822519));
  return {
    sick: Int32Array.from(mixed, (value) => (value >>> 8) % 2),
    label: Int32Array.from(mixed, (value) => (value >>> 8) % classes),
    guess: Int32Array.from(again, (value) => (value >>> 8) % classes),
    score: Float64Array.from(again, (value) => value / 2 ** 32),
  };
}

const rounded = (value: number) => Number(value.toPrecision(3));
