import { smallResNet } from '@tenonjs/core-layers/architectures';
import { readImages } from '@tenonjs/quickstart/readImages';
import * as tf from '@tensorflow/tfjs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Figure } from '../goals.ts';
import { mnistFolder } from '../mnist.ts';
import { errorOf, type Labelled, shareError, train } from './classify.ts';

const [TRAINED, HELD_OUT] = [9000, 1000];

/** A small residual network on the first 9,000 of MNIST's test images, judged by the other 1,000. */
export async function digits(say: (line: string) => void): Promise<{ model: LayersModel; figures: Figure[] }> {
  const { images, labels } = await readImages(mnistFolder);
  const part = (start: number, count: number): Labelled => ({
    images: tf.tidy(() => tf.div(tf.slice(images, start, count), 255) as tf.Tensor4D),
    labels: Int32Array.from(labels.subarray(start, start + count)),
  });
  const [trained, heldOut] = [part(0, TRAINED), part(TRAINED, HELD_OUT)];
  const model = smallResNet({ seed: 1 });
  const began = performance.now();
  await train(model, trained, {
    epochs: 5,
    batchSize: 64,
    learningRate: 4e-3,
    seed: 2,
    onEpoch: (epoch, loss) => say(`smallResNet on MNIST, epoch ${epoch}: loss ${loss.toFixed(4)}`),
  });
  const seconds = (performance.now() - began) / 1000;
  const error = await errorOf(model, heldOut);
  tf.dispose([images, trained.images, heldOut.images]);
  return {
    model,
    figures: [
      {
        what: 'smallResNet, 9,000 digits of MNIST, 1,000 held out: wrong',
        unit: 'of 1',
        mean: error,
        standardError: shareError(error, HELD_OUT),
        goal: 0.025,
        within: 0,
        seconds,
      },
      { what: 'the same: time', unit: 's', mean: seconds, standardError: 0, goal: 300, within: 0, seconds },
    ],
  };
}
