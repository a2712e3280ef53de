import type { Estimator } from '../evaluate';

/** Says the class with the nearest mean: as simple as a model can be that learns. `blur` draws means together. */
export function nearestMean({ blur = 0 } = {}): Estimator<number[], number[], number[], Float64Array> {
  let means: [number, number] = [0, 0];
  const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const lean = (x: number) => Math.abs(x - means[0]) - Math.abs(x - means[1]);
  return {
    fit(x, y) {
      const of = (label: number) => mean(x.filter((_, i) => y[i] === label));
      means = [of(0) * (1 - blur) + of(1) * blur, of(1)];
    },
    predict: (x) => x.map((value) => (lean(value) > 0 ? 1 : 0)),
    predictProba: (x) => Float64Array.from(x, (value) => 1 / (1 + Math.exp(-lean(value)))),
  };
}

export const accuracyScore = (yTrue: number[], yPred: number[]) =>
  yTrue.filter((label, i) => label === yPred[i]).length / yTrue.length;

/** Zeros about 0, ones about 3, in turn. */
export const data = {
  x: Array.from({ length: 40 }, (_, i) => (i % 2) * 3 + Math.sin(i * 12.9898) * 1.2),
  y: Array.from({ length: 40 }, (_, i) => i % 2),
};
