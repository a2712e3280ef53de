import { categoricalCrossentropy } from '@tenonjs/core-layers';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { KINDS } from '../../digits/shape';
import type { Samples } from './openDigits';

/** How a model does on digits that it is not trained on. */
export interface Judgement {
  step: number;
  /** The mean cross entropy, in nats. */
  loss: number;
  /** The share that it gets right. */
  accuracy: number;
  /** [10, 10]: how many of each kind, in rows, are taken for each, in columns. */
  confusion: Uint32Array<ArrayBuffer>;
  /** Where it is most wrong: the digits to which it gives least for what they are. */
  worst: Mistake[];
}

export interface Mistake {
  /** Which of all digits. */
  place: number;
  is: number;
  takenFor: number;
  /** The probability given to what it is. */
  probability: number;
}

/** Digits that go through the model at once. */
const AT_ONCE = 100;
/** Mistakes that are told. */
const MOST_MISTAKES = 12;

export const crossEntropy = (labels: tf.Tensor, logits: tf.Tensor): tf.Tensor =>
  categoricalCrossentropy(labels, logits, { fromLogits: true });

/** @param breathe - is awaited between parts. */
export async function judge(
  model: LayersModel,
  { x, y, places }: Samples,
  step: number,
  breathe: () => Promise<void>,
): Promise<Judgement> {
  const labels = await y.data();
  const confusion = new Uint32Array(KINDS * KINDS);
  const mistakes: Mistake[] = [];
  let loss = 0;
  for (let first = 0; first < places.length; first += AT_ONCE) {
    const size = Math.min(AT_ONCE, places.length - first);
    const logOdds = tf.tidy(() =>
      tf.logSoftmax(model.apply(tf.slice(x, [first, 0, 0, 0], [size, -1, -1, -1]), { training: false }) as tf.Tensor),
    );
    const rows = await logOdds.data();
    logOdds.dispose();
    for (let i = 0; i < size; i++) {
      const row = rows.subarray(i * KINDS, (i + 1) * KINDS);
      const is = labels[first + i] as number;
      const takenFor = row.indexOf(Math.max(...row));
      loss -= row[is] as number;
      confusion[is * KINDS + takenFor] = (confusion[is * KINDS + takenFor] as number) + 1;
      if (takenFor !== is) {
        mistakes.push({ place: places[first + i] as number, is, takenFor, probability: Math.exp(row[is] as number) });
      }
    }
    await breathe();
  }
  const worst = mistakes.sort((a, b) => a.probability - b.probability).slice(0, MOST_MISTAKES);
  const right = places.length - mistakes.length;
  return { step, loss: loss / places.length, accuracy: right / places.length, confusion, worst };
}
