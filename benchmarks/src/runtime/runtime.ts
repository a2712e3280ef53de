import type { Benchmark, Goal, Row } from '../benchmark.ts';
import { counts } from './counts.ts';
import { gpuTimes } from './gpuTimes.ts';
import { equalLosses } from './losses.ts';
import { openPlayers, type Part } from './players.ts';
import { wasmTimes } from './wasmTimes.ts';

/** Everything that the runtime is to reach: what a step sends to the GPU, what the host does for it, and how long it takes. */
export const runtime: Benchmark = {
  title: 'dispatches, JavaScript and time of training steps: here, in plain tfjs, in jax-js and in PyTorch',
  async run(say) {
    const notes = new Set<string>();
    const players = openPlayers((note) => void notes.add(note));
    const rows: Row[] = [];
    const goals: Goal[] = [];
    for (const part of [counts, equalLosses, wasmTimes, gpuTimes]) {
      try {
        const found: Part = await part(players, say);
        rows.push(...found.rows);
        goals.push(...found.goals);
      } catch (error) {
        goals.push({ what: part.name, figure: (error as Error).message, goal: 'measured', reached: false });
      }
    }
    return { rows, goals, notes: [...notes] };
  },
};
