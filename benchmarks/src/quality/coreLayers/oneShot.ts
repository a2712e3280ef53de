import { randomAffine } from '@tenonjs/core-layers';
import { siamese, smallResNet } from '@tenonjs/core-layers/architectures';
import { createRandom, deriveSeed } from '@tenonjs/runtime';
import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import { adamW, fit, oneCycle } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Figure } from '../goals.ts';
import { shareError } from './classify.ts';
import { modifiedHausdorffError } from './modifiedHausdorff.ts';
import { type Drawing, readAlphabets, readRuns, toImages } from './omniglot.ts';

/** Characters in a batch, two drawings of each; and how many batches. */
const [CHARACTERS, STEPS] = [32, 600];
const MOVES = { degrees: 15, translate: [0.1, 0.1], scale: [0.85, 1.15], shear: 15 } as const;

/**
 * A siamese network learns from 5 alphabets which drawings are of one character, and then tells the characters of 10 others
 * apart of which it has seen one drawing each: the 20 published runs, beside their baseline.
 */
export async function oneShot(say: (line: string) => void): Promise<Figure> {
  const twin = smallResNet({ includeTop: false, pooling: 'avg', width: 24, seed: 6 });
  const model = siamese({ twin, seed: 6 });
  const began = performance.now();
  await learn(model, twin, say);
  const seconds = (performance.now() - began) / 1000;
  const runs = readRuns();
  let [wrong, count] = [0, 0];
  for (const { training, test, answers } of runs) {
    const nearest = await nearestOf(model, test, training);
    wrong += answers.filter((answer, i) => answer !== nearest[i]).length;
    count += answers.length;
  }
  model.dispose();
  say('the baseline takes a minute');
  return {
    what: 'one-shot, 20 ways, 20 runs of Omniglot, by a siamese network: wrong; the goal is the modified Hausdorff distance',
    unit: 'of 1',
    mean: wrong / count,
    standardError: shareError(wrong / count, count),
    goal: modifiedHausdorffError(runs),
    within: 0,
    seconds,
  };
}

/** Each drawing of a batch shall be nearer to the other one of its character than to all the rest. */
async function learn(model: LayersModel, twin: LayersModel, say: (line: string) => void): Promise<void> {
  const characters = turned([...readAlphabets().values()].flat());
  const random = createRandom(7);
  const batches = async function* () {
    for (let step = 0; step < STEPS; step++) {
      const chosen = new Set<number>();
      while (chosen.size < CHARACTERS) chosen.add(random.integer(characters.length));
      const pairs = [...chosen].map((i) => {
        const drawings = characters[i] as tf.Tensor4D;
        const [count = 0] = drawings.shape;
        const first = random.integer(count);
        return [first, (first + 1 + random.integer(count - 1)) % count].map((at) => tf.slice(drawings, at, 1));
      });
      yield { x: tf.tidy(() => tf.concat([...pairs.map(([a]) => a), ...pairs.map(([, b]) => b)] as tf.Tensor4D[])) };
      tf.dispose(pairs);
    }
  };
  const others = tf.range(0, 2 * CHARACTERS, 1, 'int32');
  const partners = tf.tidy(() => tf.concat([tf.slice(others, CHARACTERS), tf.slice(others, 0, CHARACTERS)]));
  const themselves = tf.tidy(() => tf.mul(tf.eye(2 * CHARACTERS), -1e9));
  const optimizer = adamW({ learningRate: oneCycle({ maxRate: 4e-3, steps: STEPS }), weightDecay: 0.01 });
  await fit({ trainableVariables: model.trainableWeights.map((weight) => weight.read() as tf.Variable) }, batches, {
    epochs: 1,
    seed: 8,
    optimizer,
    loss: ({ x }, { seed }) => {
      const logits = alike(model, twin, randomAffine(x, { ...MOVES, seed: deriveSeed(seed, 0) }));
      return softmaxCrossEntropy(tf.add(logits, themselves), partners) as tf.Scalar;
    },
    callbacks: [
      {
        onStepEnd: ({ step, loss }) => {
          if (step % 50 === 0) say(`siamese, step ${step} of ${STEPS}: loss ${loss.toFixed(3)}`);
        },
      },
    ],
  });
  optimizer.dispose();
  tf.dispose([characters, others, partners, themselves]);
}

/** The network's logits of all pairs of images, [N, N]; each image goes through it once. */
function alike(model: LayersModel, twin: LayersModel, x: tf.Tensor): tf.Tensor2D {
  const embedded = twin.apply(x, { training: true }) as tf.Tensor2D; // [N, D]
  const [N, D] = embedded.shape;
  const distances = tf.abs(tf.sub(tf.expandDims(embedded, 1), tf.expandDims(embedded, 0))); // [N, N, D]
  const logits = model.getLayer('fc').apply(tf.reshape(distances, [N * N, D]), { training: true }) as tf.Tensor; // [N N, 1]
  return tf.reshape(logits, [N, N]);
}

/** Of each drawing the most alike of those that are known, by the network's logit. */
async function nearestOf(model: LayersModel, drawings: Drawing[], known: Drawing[]): Promise<ArrayLike<number>> {
  const pairs = drawings.flatMap((drawing) => known.map((other) => [drawing, other] as const));
  const found = tf.tidy(() => {
    const [first, second] = [toImages(pairs.map(([a]) => a)), toImages(pairs.map(([, b]) => b))];
    const logits = model.predict([first, second], { batchSize: 100 }) as tf.Tensor;
    return tf.argMax(tf.reshape(logits, [drawings.length, known.length]), 1);
  });
  const nearest = await found.data();
  found.dispose();
  return nearest;
}

/** Characters, and each of them turned by a quarter, a half and three quarters: four times as many. */
function turned(characters: Drawing[][]): tf.Tensor4D[] {
  return characters.map(toImages).flatMap((upright) => {
    const lying = tf.tidy(() => tf.reverse(tf.transpose(upright, [0, 2, 1, 3]), 2));
    return [upright, lying, ...[upright, lying].map((images) => tf.reverse(images, [1, 2]))];
  });
}
