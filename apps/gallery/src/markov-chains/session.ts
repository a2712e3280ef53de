import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { Pace } from '../worker/pace';
import { advance, type Ground } from './engine/advance';
import { densities } from './engine/densities';
import { Record } from './engine/record';
import type { Settings } from './settings';
import { type TargetName, targets } from './targets';

/** The chains after a step. */
export interface Step {
  /** [chains, 2]. */
  states: Float32Array<ArrayBuffer>;
  /** The places tried on the way, the start first, [places, chains, 2]. */
  path: Float32Array<ArrayBuffer>;
  /** Whether each chain took the step, 1 or 0. */
  accepted: Float32Array;
  /** How often the density was asked for at a place in this step, by each chain. */
  evaluations: number;
}

interface Listener {
  onStep(step: Step): void;
  /** Nothing more will come: the walk is long enough, or has failed. */
  onEnd(error?: unknown): void;
}

/** Chains that walk when they are told to. */
export interface Session {
  /** Where the chains start, [chains, 2]. */
  readonly start: Float32Array<ArrayBuffer>;
  readonly record: Record;
  run(): void;
  pause(): void;
  /** Takes one step, and pauses. */
  step(): void;
  setPace(pace: Settings['pace']): void;
  close(): Promise<void>;
}

/** A walk is over after so many steps. */
const MOST_STEPS = 5000;
/** Between two steps that are to be followed. */
const WATCH_MS = 220;

/** The streams of random numbers that one seed is split into. */
const streams = { start: 0, steps: 1 } as const;

export const groundOf = (target: TargetName): Ground => ({ logProb: densities[target], half: targets[target].half });

/** Where the chains of the settings start: far apart, so that it can be told whether they come together. */
export const startOf = ({ target, chains, seed }: Pick<Settings, 'target' | 'chains' | 'seed'>): tf.Tensor2D =>
  randomNormal([chains, 2], { seed: deriveSeed(seed, streams.start), std: targets[target].half / 2.2 }) as tf.Tensor2D;

/** Chains on a density, with no page around them. The same settings give the same walk, however it was held. */
export async function openSession(settings: Settings, listener: Listener): Promise<Session> {
  const ground = groundOf(settings.target);
  const record = new Record(settings.chains);
  const pace = new Pace();
  let manner = settings.pace;
  let isClosed = false;
  let at = startOf(settings);
  const start = Float32Array.from(await at.data());

  async function walk(): Promise<void> {
    try {
      for (let step = 0; step < MOST_STEPS; step++) {
        await pace.next();
        if (isClosed) return;
        const { state, ...rest } = await advance(settings, ground, at, deriveSeed(settings.seed, streams.steps, step));
        at.dispose();
        at = state;
        const states = Float32Array.from(await at.data());
        record.add(states);
        listener.onStep({ states, ...rest });
        if (manner === 'watch' && pace.running) await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
      }
      listener.onEnd();
    } catch (error) {
      listener.onEnd(error);
    }
  }

  const walked = walk();
  return {
    start,
    record,
    run: () => pace.run(),
    pause: () => pace.pause(),
    step: () => pace.step(),
    setPace(next) {
      manner = next;
    },
    async close() {
      isClosed = true;
      pace.run();
      await walked;
      at.dispose();
    },
  };
}
