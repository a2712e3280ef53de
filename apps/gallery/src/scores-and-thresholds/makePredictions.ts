// Makes the predictions that the page shows: each sample's by a model that was not trained on it.
//
//     pnpm make-predictions PATH/breast_cancer.csv        after the packages are built
//
// The table is scikit-learn's copy of "Breast Cancer Wisconsin (Diagnostic)" by Wolberg, Mangasarian, Street and Street
// (UCI Machine Learning Repository, CC BY 4.0): 30 measurements of cell nuclei, and 0 for malignant, 1 for benign.
import { readFileSync, writeFileSync } from 'node:fs';
import { StratifiedKFold } from '@tenonjs/validation-splits';
import { crossValPredict } from '@tenonjs/validation-splits/evaluate';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('makePredictions: a path to breast_cancer.csv must be given, got none');
const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
const table = rows.map((row) => row.split(',').map(Number));
const x = table.map((row) => row.slice(0, 30));
const y = table.map((row) => 1 - (row[30] as number)); // 1 is malignant

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));
const column = (x: readonly number[][], j: number) => x.map((row) => row[j] as number);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Logistic regression of some columns, standardised, by plain gradient descent with a little weight decay. */
function logistic(columns: readonly number[]) {
  let score: (row: readonly number[]) => number = () => 0;
  return {
    fit(x: number[][], y: number[]) {
      const centres = columns.map((j) => mean(column(x, j)));
      const scales = columns.map((j) => Math.sqrt(variance(column(x, j))));
      const standard = (row: readonly number[]) =>
        columns.map((j, k) => ((row[j] as number) - (centres[k] as number)) / (scales[k] as number));
      const z = x.map(standard);
      const weights = columns.map(() => 0);
      let bias = 0;
      const of = (row: readonly number[]) => row.reduce((sum, value, k) => sum + value * (weights[k] as number), bias);
      for (let step = 0; step < 500; step++) {
        const misses = z.map((row, i) => sigmoid(of(row)) - (y[i] as number));
        bias -= 0.5 * mean(misses);
        for (const k of weights.keys()) {
          const slope = mean(misses.map((miss, i) => miss * (z[i]?.[k] as number)));
          weights[k] = (weights[k] as number) - 0.5 * (slope + 0.01 * (weights[k] as number));
        }
      }
      score = (row) => of(standard(row));
    },
    predict: (x: number[][]) => x.map((row) => Number(score(row) > 0)),
    predictProba: (x: number[][]) => x.map((row) => sigmoid(score(row))),
  };
}

/** Gaussian naive Bayes: each column as if it knew nothing of the others. */
function naiveBayes() {
  let score: (row: readonly number[]) => number = () => 0;
  return {
    fit(x: number[][], y: number[]) {
      const laws = [0, 1].map((label) => {
        const own = x.filter((_, i) => y[i] === label);
        const columns = (own[0] ?? []).map((_, j) => ({
          centre: mean(column(own, j)),
          spread: variance(column(own, j)),
        }));
        return { prior: Math.log(own.length / x.length), columns };
      });
      const logDensity = (row: readonly number[], label: number) => {
        const { prior, columns } = laws[label] as (typeof laws)[number];
        return columns.reduce(
          (sum, { centre, spread }, j) =>
            sum - Math.log(spread) / 2 - ((row[j] as number) - centre) ** 2 / (2 * spread),
          prior,
        );
      };
      score = (row) => logDensity(row, 1) - logDensity(row, 0);
    },
    predict: (x: number[][]) => x.map((row) => Number(score(row) > 0)),
    predictProba: (x: number[][]) => x.map((row) => sigmoid(score(row))),
  };
}

const models = {
  texture: () => logistic([1]),
  logistic: () => logistic(Array.from({ length: 30 }, (_, j) => j)),
  bayes: naiveBayes,
};
const splitter = new StratifiedKFold({ nSplits: 10, shuffle: true, seed: 1 });
const predictions: Record<string, number[]> = {};
for (const [name, build] of Object.entries(models)) {
  const p = (await crossValPredict({ build, data: { x, y }, splitter, method: 'predictProba' })) as number[];
  predictions[name] = p.map((value) => Number(value.toFixed(4)));
}
const file = new URL('./predictions.json', import.meta.url);
writeFileSync(file, `${JSON.stringify({ malignant: y, ...predictions })}\n`);
console.log(`${y.length} samples, ${Object.keys(models).join(', ')}`);
