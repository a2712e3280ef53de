import { readFileSync, writeFileSync } from 'node:fs';
import * as m from '@tenonjs/metrics';
import { type Samples, samplesOf } from './samplesOfMillion.ts';

// A process that calls one metric once on so many samples, and says by how many bytes its memory grew at the most: Linux
// keeps the high-water mark, garbage included.
//
//     node --expose-gc metricsMemory.ts rocAucScore 1000000

/** A call, and the columns that it is given. */
interface Call {
  input: (keyof Samples)[];
  run(samples: Samples): unknown;
}

const scored = (run: (sick: Int32Array, score: Float64Array) => unknown): Call => ({
  input: ['sick', 'score'],
  run: ({ sick, score }) => run(sick, score),
});
const labelled = (run: (label: Int32Array, guess: Int32Array) => unknown): Call => ({
  input: ['label', 'guess'],
  run: ({ label, guess }) => run(label, guess),
});
const regressed = (run: (truth: Float64Array, prediction: Float64Array) => unknown): Call => ({
  input: ['score', 'score'],
  run: ({ score }) => run(score, score),
});

const calls: Record<string, Call> = {
  rocAucScore: scored(m.rocAucScore),
  averagePrecisionScore: scored(m.averagePrecisionScore),
  rocCurve: scored(m.rocCurve),
  precisionRecallCurve: scored(m.precisionRecallCurve),
  detCurve: scored(m.detCurve),
  searchThreshold: scored(m.searchThreshold),
  logLoss: scored(m.logLoss),
  brierScoreLoss: scored(m.brierScoreLoss),
  calibrationCurve: scored(m.calibrationCurve),
  expectedCalibrationError: scored(m.expectedCalibrationError),
  confusionMatrix: labelled(m.confusionMatrix),
  accuracyScore: labelled(m.accuracyScore),
  f1Score: labelled((label, guess) => m.f1Score(label, guess, { average: 'macro' })),
  classificationReport: labelled(m.classificationReport),
  matthewsCorrcoef: labelled(m.matthewsCorrcoef),
  cohenKappaScore: labelled(m.cohenKappaScore),
  mutualInformation: labelled(m.mutualInformation),
  meanIou: labelled(m.meanIou),
  meanSquaredError: regressed(m.meanSquaredError),
  meanAbsoluteError: regressed(m.meanAbsoluteError),
  medianAbsoluteError: regressed(m.medianAbsoluteError),
  r2Score: regressed(m.r2Score),
  explainedVarianceScore: regressed(m.explainedVarianceScore),
};

const [name, count] = process.argv.slice(2);
if (name === undefined) console.log(JSON.stringify(Object.keys(calls)));
else measure(calls[name] as Call, Number(count));

function measure({ input, run }: Call, n: number): void {
  const few = samplesOf({ n: 2000, classes: 10 });
  for (let i = 0; i < 100; i++) run(few); // compiles it
  const samples = samplesOf({ n, classes: 10 });
  const given = input.reduce((sum, column) => sum + samples[column].byteLength, 0);
  globalThis.gc?.();
  writeFileSync('/proc/self/clear_refs', '5'); // the high-water mark starts anew
  const before = memory('VmRSS');
  run(samples);
  console.log(JSON.stringify({ given, grown: memory('VmHWM') - before }));
}

function memory(field: 'VmRSS' | 'VmHWM'): number {
  return 1024 * Number(new RegExp(`${field}:\\s*(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
