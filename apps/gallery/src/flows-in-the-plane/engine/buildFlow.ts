import {
  type Chain,
  continuousFlow,
  type Flow,
  glow,
  iaf,
  maf,
  nice,
  planarFlow,
  radialFlow,
  realNvp,
  residualFlow,
  splineFlow,
  sylvesterFlow,
} from '@tenonjs/flows';
import type { FlowName } from '../flows';
import type { Settings } from '../settings';

interface Options {
  dim: 2;
  layers: number;
  hidden: number[];
  activation: 'tanh';
  seed: number;
}

const builders: Record<FlowName, (options: Options) => Flow<Chain>> = {
  realNvp,
  nice,
  spline: (options) => splineFlow({ ...options, bound: 6 }),
  glow,
  maf,
  iaf,
  planar: planarFlow,
  radial: radialFlow,
  sylvester: sylvesterFlow,
  // With the smooth activations of their own.
  residual: ({ dim, layers, hidden, seed }) => residualFlow({ dim, layers, hidden, seed, terms: 10 }),
  continuous: ({ dim, layers, hidden, seed }) => continuousFlow({ dim, layers, hidden, seed }),
};

/** The flow that the settings name, untrained. */
export function buildFlow({ flow, depth, width, seed }: Settings): Flow<Chain> {
  // tanh is smooth: space bends, and does not crease.
  return builders[flow]({ dim: 2, layers: depth, hidden: [width, width], activation: 'tanh', seed });
}
