import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';
import { type TargetName, targetNames } from './targets';

export const samplers = {
  metropolis: {
    label: 'Metropolis–Hastings',
    words:
      'Proposes a place nearby, at random, and goes there if it is likelier – or else with the ratio of the two as its chance.',
  },
  gibbs: {
    label: 'Gibbs',
    words: 'Draws one coordinate from its law given the other, then the other: always along an axis, never in vain.',
  },
  hmc: {
    label: 'Hamiltonian',
    words:
      'Gives the point a push and lets it slide over the density as over a landscape; where it ends up is proposed.',
  },
} as const;

export type SamplerName = keyof typeof samplers;

/** Everything that decides what a visitor sees: the same settings give the same walk, step for step. */
export interface Settings {
  target: TargetName;
  sampler: SamplerName;
  /** Of a proposal, or of a leapfrog step. */
  stepSize: number;
  /** How many leapfrog steps a proposal of HMC is away. */
  leapfrog: number;
  chains: number;
  /** Slowly enough to be followed, or as fast as can be. */
  pace: 'watch' | 'hurry';
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = {
  target: 'banana',
  sampler: 'hmc',
  stepSize: 0.2,
  leapfrog: 12,
  chains: 4,
  pace: 'watch',
  seed: 1,
  backend: 'cpu', // a few points at a time: nothing that would be worth a trip to a GPU
};

/** Even steps of a slider are even factors of the step. */
export const stepSizes = [
  0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5,
  3, 4,
] as const;

export const rules = {
  target: targetNames,
  sampler: Object.keys(samplers) as SamplerName[],
  stepSize: stepSizes,
  leapfrog: { from: 1, to: 40 },
  chains: [1, 2, 4, 8, 16, 32, 64],
  pace: ['watch', 'hurry'],
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} satisfies Rules<Settings>;

export const writing = writingOf(defaults, rules);
