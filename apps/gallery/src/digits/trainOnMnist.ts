import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIdx } from '@tenonjs/datasets';
import { initDevice, readSafetensors, writeSafetensors } from '@tenonjs/runtime';
import { adam, checkpoint, cosineDecay, fit, type Trainable } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';

/** So many of the 10,000 images of MNIST's test part, the last ones, are never trained on; the pages show some of them. */
export const HELD_OUT = 1000;

/** Where MNIST's files are, if the command line does not say. */
export const mnistFolder = process.argv[2] ?? '../../../shared/data/vision/mnist';

/** MNIST's images, [10000, 28, 28, 1], int32, 0 … 255, on WebAssembly. */
export async function openMnist(): Promise<tf.Tensor4D> {
  await initDevice({ prefer: ['wasm'] });
  const { data, shape } = await readIdx(join(mnistFolder, 't10k-images-idx3-ubyte.gz'));
  return tf.tensor4d(Int32Array.from(data as Uint8Array), [shape[0] as number, 28, 28, 1], 'int32');
}

/**
 * Trains a model on images, with a rate that falls to nothing. A run that was interrupted goes on after its last epoch.
 *
 * @param options.name - of the file in the system's temporary folder that an interrupted run is kept in.
 */
export async function trainOnImages(
  model: Trainable,
  images: tf.Tensor4D,
  {
    name,
    epochs,
    rate,
    batchSize = 128,
    seed,
  }: { name: string; epochs: number; rate: number; batchSize?: number; seed: number },
): Promise<void> {
  const kept = join(tmpdir(), `tenon-${name}.safetensors`);
  const steps = epochs * Math.ceil(images.shape[0] / batchSize);
  await fit(
    model,
    { x: images },
    {
      optimizer: adam({ learningRate: cosineDecay({ rate, steps }) }),
      epochs,
      batchSize,
      seed,
      callbacks: [
        checkpoint({ to: (bytes) => writeFileSync(kept, bytes) }),
        { onEpochEnd: ({ epoch, loss }) => console.log(`epoch ${epoch}: ${loss.toFixed(2)} nats`) },
      ],
      ...(existsSync(kept) && { resume: new Uint8Array(readFileSync(kept)) }),
    },
  );
  rmSync(kept, { force: true });
}

/** Saved weights, each rounded to the nearest number of 16 bits. */
export function inHalves(saved: Uint8Array, metadata: Record<string, string>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(readSafetensors(saved).tensors);
  return writeSafetensors(
    Object.fromEntries(entries.map(([name, entry]) => [name, { ...entry, dtype: 'F16' as const }])),
    metadata,
  );
}
