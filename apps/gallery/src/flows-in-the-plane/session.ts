import { deriveSeed } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import type * as tf from '@tensorflow/tfjs-core';
import { type PlaneWindow, windowAround } from '../plane/window';
import { breathe } from '../worker/breathe';
import { Pace } from '../worker/pace';
import { PictureClock } from '../worker/pictureClock';
import { buildFlow } from './engine/buildFlow';
import { carry } from './engine/carry';
import { densityOn, type Resolution } from './engine/density';
import { latentGrid } from './engine/latentGrid';
import { targetOf } from './engine/target';
import type { Settings } from './settings';

/** What stays as it is while a session trains. */
export interface Scene {
  /** Points of the data, shape [n, 2]. */
  data: Float32Array<ArrayBuffer>;
  /** The piece of the plane in which the data lie. */
  window: PlaneWindow;
  /** The entropy of the data in nats: no flow's expected loss is lower. */
  floor: number;
  layers: number;
}

/** The flow after a number of steps, as numbers to be drawn. */
export interface Picture {
  step: number;
  /** p(x) at the cells of a square raster, the top row first, shape [size, size]. */
  density: Float32Array<ArrayBuffer>;
  size: number;
  /** The latent grid and then the samples, at the start and after each layer, shape [layers + 1, points, 2]. */
  places: Float32Array<ArrayBuffer>;
}

/** Who hears what a session does. */
export interface Listener {
  onStep(step: number, loss: number): void;
  onPicture(picture: Picture): void;
  /** Training has ended with an error; nothing more will come. */
  onError(error: unknown): void;
}

/** One flow in training. */
export interface Session {
  readonly scene: Scene;
  run(): void;
  pause(): void;
  /** Takes one step, and pauses. */
  step(): void;
  /** Stops, and gives all memory back. */
  close(): Promise<void>;
}

/** How many points of the data, and how many samples, a picture shows. */
const SHOWN = 1200;

/** The streams of random numbers that one seed is split into. */
const streams = { data: 0, samples: 1, batches: 2, training: 3 } as const;

/**
 * Trains one flow on one shape, with no page around it. Every step meets a fresh batch of points, so nothing can be
 * learned by heart and the loss is that of unseen data.
 *
 * The same settings give the same losses, however the session was held or drawn. No step is taken before it is run.
 */
export async function openSession(settings: Settings, resolution: Resolution, listener: Listener): Promise<Session> {
  const { seed, batchSize, learningRate } = settings;
  const target = targetOf(settings);
  const flow = buildFlow(settings);
  const { steps } = flow.bijector;
  const points = target.points(SHOWN, deriveSeed(seed, streams.data));
  flow.startFrom(points); // the norms of those flows that have some
  const data = await numbersOf(points);
  const samples = await numbersOf(flow.base.sample(SHOWN, { seed: deriveSeed(seed, streams.samples) }));
  const latent = Float32Array.from([...latentGrid(), ...samples]);
  const scene = { data, window: windowAround(data), floor: target.entropy, layers: steps.length };

  const pace = new Pace();
  const clock = new PictureClock();
  const optimizer = adam({ learningRate });
  const stop = new AbortController();

  const draw = async (step: number) => {
    const density = await densityOn(flow, scene.window, resolution, breathe);
    const places = await carry(steps, latent, breathe);
    listener.onPicture({ step, density, size: resolution.size, places });
  };

  async function* batches(): AsyncGenerator<{ x: tf.Tensor }> {
    for (let step = 0; !stop.signal.aborted; step++) {
      if (clock.due(step, pace.running)) await clock.draw(step, () => draw(step));
      await pace.next();
      if (stop.signal.aborted) return;
      yield { x: target.points(batchSize, deriveSeed(seed, streams.batches, step)) };
    }
  }

  const ended = fit(flow, () => batches(), {
    optimizer,
    epochs: 1,
    batchSize,
    seed: deriveSeed(seed, streams.training),
    signal: stop.signal,
    callbacks: [{ onStepEnd: ({ step, loss }) => listener.onStep(step, loss) }],
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) listener.onError(error);
  });

  return {
    scene,
    run: () => pace.run(),
    pause: () => pace.pause(),
    step: () => pace.step(),
    async close() {
      stop.abort();
      pace.run(); // whoever waits for leave to go on finds that it is over
      await ended;
      optimizer.dispose();
      flow.dispose();
    },
  };
}

async function numbersOf(tensor: tf.Tensor): Promise<Float32Array<ArrayBuffer>> {
  const numbers = (await tensor.data<'float32'>()) as Float32Array<ArrayBuffer>;
  tensor.dispose();
  return numbers.slice();
}
