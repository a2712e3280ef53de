/** A flow, and the size of the batch that it is trained on. */
export interface Case {
  flow: 'realNvp' | 'maf' | 'spline';
  dim: number;
  layers: number;
  hidden: number[];
  /** Of splines: pieces, and the interval. */
  bins: number;
  bound: number;
  batchSize: number;
}

const spline = { bins: 8, bound: 3 };

/** A RealNVP where calls weigh most and one where products do; a MAF; splines. */
export const cases: Record<string, Case> = {
  'RealNVP, plane': { flow: 'realNvp', dim: 2, layers: 8, hidden: [64, 64], batchSize: 256, ...spline },
  'RealNVP, 784 numbers': { flow: 'realNvp', dim: 784, layers: 4, hidden: [256, 256], batchSize: 64, ...spline },
  'MAF, 8 numbers': { flow: 'maf', dim: 8, layers: 5, hidden: [64, 64], batchSize: 256, ...spline },
  'splines, plane': { flow: 'spline', dim: 2, layers: 4, hidden: [64, 64], batchSize: 256, ...spline },
};
