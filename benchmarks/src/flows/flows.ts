import type { Benchmark } from '../benchmark.ts';
import { asymmetry } from './asymmetry.ts';
import { trainingSteps } from './steps.ts';

/** What flows take: training steps beside plain tfjs and PyTorch, and the two ways of autoregressive flows. */
export const flowSpeed: Benchmark = {
  title: 'training steps of flows: here, in plain tfjs, and in PyTorch on the CPU; both ways of MAF and IAF',
  async run(say) {
    const notes = new Set<string>();
    const steps = await trainingSteps(say, (text) => notes.add(text));
    const ways = await asymmetry(say);
    return { rows: [...steps.rows, ...ways.rows], goals: [...steps.goals, ...ways.goals], notes: [...notes] };
  },
};
