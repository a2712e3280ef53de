import { trainableModel } from '@tenonjs/core-layers';
import { deriveSeed } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import type * as tf from '@tensorflow/tfjs-core';
import { breathe } from '../worker/breathe';
import { Pace } from '../worker/pace';
import { PictureClock } from '../worker/pictureClock';
import { buildModel } from './engine/buildModel';
import { firstFilters, type Insight, type Maps, Viewer } from './engine/insight';
import { crossEntropy, type Judgement, judge } from './engine/judge';
import type { Digits } from './engine/openDigits';
import type { Run } from './settings';

/** A digit to look at, and a stage of the model to look into. */
export interface Look {
  /** [28, 28], 0 … 1. */
  image: Float32Array<ArrayBuffer>;
  stage: number;
}

/** The model after a number of steps. */
export interface Picture extends Insight {
  step: number;
  /** The stage that `maps` are of. */
  stage: number;
  filters: Maps;
}

/** Who hears what a session does. */
export interface Listener {
  onStep(step: number, loss: number): void;
  onPicture(picture: Picture): void;
  onJudgement(judgement: Judgement): void;
  /** Training has ended with an error; nothing more will come. */
  onError(error: unknown): void;
}

/** One network in training. */
export interface Session {
  /** The first filters, as they were before any step. */
  readonly filters: Maps;
  run(): void;
  pause(): void;
  /** Takes one step, and pauses. */
  step(): void;
  /** Looks at another digit or into another stage, also while steps run. */
  look(look: Look): Promise<void>;
  /** Stops, and gives all memory back. */
  close(): Promise<void>;
}

/** While it runs, it is judged after so many steps each; and whenever it stops. */
const JUDGED_EVERY = 20;

/** The streams of random numbers that one seed is split into; `openDigits` has one of its own. */
const streams = { weights: 1, batches: 2, training: 3 } as const;

/**
 * Trains one network on digits, with no page around it. The same settings give the same losses, however the session was held
 * or looked into. No step is taken before it is run.
 *
 * @param digits - stay whoever's they are.
 */
export async function openSession(
  run: Omit<Run, 'backend'>,
  digits: Digits,
  look: Look,
  listener: Listener,
): Promise<Session> {
  const { stack, seed, batchSize, learningRate } = run;
  const built = buildModel(stack, deriveSeed(seed, streams.weights));
  const viewer = new Viewer(built);
  const filters = await firstFilters(built);
  const pace = new Pace();
  const clock = new PictureClock();
  const optimizer = adam({ learningRate });
  const stop = new AbortController();
  let looked = look;
  let judged = -1;
  let taken = 0;

  const draw = async (step: number) => {
    const { stage, image } = looked;
    const insight = await viewer.look(image, stage);
    listener.onPicture({ ...insight, step, stage, filters: await firstFilters(built) });
  };

  async function* batches(): AsyncGenerator<{ x: tf.Tensor; y: tf.Tensor }> {
    for (let step = 0; !stop.signal.aborted; step++) {
      taken = step;
      let ran: boolean;
      do {
        ran = pace.running;
        if (clock.due(step, ran)) await clock.draw(step, () => draw(step));
        if (judged !== step && (!ran || step % JUDGED_EVERY === 0)) {
          judged = step;
          listener.onJudgement(await judge(built.model, digits.validation, step, breathe));
        }
      } while (ran && !pace.running); // paused meanwhile: what is shown is where it stops
      await pace.next();
      if (stop.signal.aborted) return;
      yield digits.batch(step, batchSize, deriveSeed(seed, streams.batches));
    }
  }

  const ended = fit(trainableModel(built.model, crossEntropy), () => batches(), {
    optimizer,
    epochs: 1,
    batchSize,
    seed: deriveSeed(seed, streams.training),
    signal: stop.signal,
    onFallback: () => {},
    callbacks: [{ onStepEnd: ({ step, loss }) => listener.onStep(step, loss) }],
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) listener.onError(error);
  });

  return {
    filters,
    run: () => pace.run(),
    pause: () => pace.pause(),
    step: () => pace.step(),
    async look(look) {
      looked = look;
      await draw(taken);
    },
    async close() {
      stop.abort();
      pace.run(); // whoever waits for leave to go on finds that it is over
      await ended;
      optimizer.dispose();
      built.model.dispose();
    },
  };
}
