import { createRandom, deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, checkNumber, checkRange, complain } from '../check';
import { type IterationOptions, iterate, type OnStep } from '../iterate';
import { evaluate } from '../model/evaluate';
import { type Edge, type Graph, type GraphNode, graphOf, nodeNamed } from '../model/graph';
import { imagesFor } from '../model/images';
import { kindOf } from '../model/kind';
import { normalizedGradient } from './ascend';
import { roll } from './transforms';

export interface DeepDreamOptions extends IterationOptions {
  /** The layers that are to see more of what they see, with how much each counts, or by name alone. */
  layers: readonly string[] | Readonly<Record<string, number>>;
  /** An integer in [0, 2⁵³). */
  seed: number;
  /** How many sizes the image is dreamt at, from small to its own. Default: 4, fewer where it would be below 16 pixels. */
  octaves?: number;
  /** From size to size. Default: 1.4. */
  octaveScale?: number;
  /** Steps at each size. Default: 10. */
  steps?: number;
  /** How far a step goes in the mean, as a part of the range. Default: 0.02. */
  learningRate?: number;
  /** The image is shifted by up to so many pixels, anew each step, and back. Default: 16. */
  jitter?: number;
  /** The numbers that pixels may have. Default: [0, 1]. */
  range?: readonly [number, number];
  /** Sees the image after each step, at the size it has then. */
  onStep?: OnStep;
}

const LEAST_SIZE = 16;

/**
 * An image in which layers see more of what they saw in it: gradient ascent on the mean square of their activations, first
 * at a small size, then at larger ones. What a size lost of the original is put back before the next. Each channel's mean
 * stays as it is, but for what is cut off at the ends of the range.
 *
 * The model's layers are run on images of any size, so those after a flattening cannot be dreamt of.
 *
 * Reference: Mordvintsev, Olah, Tyka, "Inceptionism: going deeper into neural networks", 2015.
 *
 * @param image - shape [H, W, C] or [B, H, W, C], of any height and width.
 * @returns of the image's shape.
 * @throws TypeError or RangeError when an option is out of range or does not fit the model; the signal's reason.
 *
 * @example
 * const dream = await deepDream(model, photo, { layers: ['mixed3', 'mixed5'], seed: 1 });
 */
export async function deepDream(
  model: tfl.LayersModel,
  image: tf.Tensor,
  options: DeepDreamOptions,
): Promise<tf.Tensor> {
  const { seed, steps = 10, learningRate = 0.02, jitter = 16, range = [0, 1], layers } = options;
  const { octaves: most = 4, octaveScale = 1.4, ...rest } = options;
  checkInteger('deepDream', 'octaves', most, 1);
  checkNumber('deepDream', 'octaveScale', octaveScale, { least: 1.01 });
  checkInteger('deepDream', 'steps', steps, 1);
  checkInteger('deepDream', 'jitter', jitter, 0);
  checkNumber('deepDream', 'learningRate', learningRate, { least: 0 });
  checkRange('deepDream', 'range', range);
  const [low, high] = range;

  const graph = graphOf('deepDream', model);
  if (typeof layers !== 'object' || layers === null) {
    complain('deepDream', 'layers', 'a list of names, or how much each counts by its name', layers);
  }
  const shares = Array.isArray(layers) ? layers.map((name) => [name, 1] as const) : Object.entries(layers);
  if (shares.length === 0) complain('deepDream', 'layers', 'at least one name', 'none');
  const wanted = shares.map(([name, share]) => ({
    edge: { node: nodeNamed('deepDream', graph, name), index: 0 },
    share,
  }));
  for (const [name, share] of shares) checkNumber('deepDream', `layers.${name}`, share);
  const edges = wanted.map(({ edge }) => edge);
  /** The mean square of each layer's activations, by its share: [B]. */
  const score = (x: tf.Tensor) => {
    const parts = evaluate(graph, x, edges).map((value, i) => {
      const rows = tf.reshape(value, [value.shape[0] as number, -1]);
      return tf.mul(wanted[i]?.share as number, tf.mean(tf.square(rows), 1));
    });
    return parts.reduce((sum, each) => tf.add(sum, each));
  };

  const original = tf.tidy(() => imagesFor('deepDream', graph, image, { anySize: true }).batch);
  const sizes = octaveSizes([original.shape[1], original.shape[2]], most, octaveScale);
  let dream: tf.Tensor4D | undefined;
  try {
    checkSizes(graph, edges, sizes);
    for (const [octave, size] of sizes.entries()) {
      const start = tf.tidy(() => {
        const here = resized(original, size);
        if (!dream) return tf.clone(here);
        // What was dreamt, enlarged, and the details that the smaller size could not hold.
        const before = [dream.shape[1], dream.shape[2]] as [number, number];
        return tf.add(resized(dream, size), tf.sub(here, resized(resized(original, before), size)));
      });
      dream?.dispose();
      dream = undefined;
      dream = (await iterate(
        'deepDream',
        start,
        (images, step) => {
          const random = createRandom(deriveSeed(seed, octave, step));
          const shift = [random.integer(2 * jitter + 1) - jitter, random.integer(2 * jitter + 1) - jitter] as const;
          const moved = roll(images as tf.Tensor4D, shift);
          const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => tf.sum(score(x)))(moved);
          // Without its mean, so that the image does not only get lighter or darker.
          const structure = tf.sub(grad, tf.mean(grad, [1, 2], true)) as tf.Tensor4D;
          const climb = tf.mul(learningRate * (high - low), normalizedGradient(structure));
          const next = roll(tf.add(moved, climb) as tf.Tensor4D, [-shift[0], -shift[1]]);
          return { next: tf.clipByValue(next, low, high), score: tf.div(value, images.shape[0] as number) };
        },
        { ...rest, count: steps, first: octave * steps, steps: sizes.length * steps, view },
      )) as tf.Tensor4D;
    }
    const finished = dream as tf.Tensor4D;
    return tf.tidy(() => view(finished));
  } finally {
    tf.dispose([original, dream ?? []]);
  }

  function view(batch: tf.Tensor): tf.Tensor {
    return image.rank === 3 ? tf.squeeze(batch, [0]) : tf.clone(batch);
  }
}

/** Layers that make rows of maps: those after them have weights for one size of images. */
const FLATTENING = ['Flatten', 'Reshape'];

/** @throws TypeError when a layer after a flattening is to see images of other sizes than the model takes. */
function checkSizes(graph: Graph, edges: readonly Edge[], sizes: readonly [number, number][]): void {
  const [H, W] = graph.input.shape.slice(1);
  if (sizes.every(([h, w]) => (H ?? h) === h && (W ?? w) === w)) return;
  const flat = new Set<GraphNode>();
  for (const node of graph.nodes) {
    if (FLATTENING.includes(kindOf(node.layer)) || node.inputs.some((edge) => flat.has(edge.node))) flat.add(node);
  }
  const found = edges.find(({ node }) => flat.has(node));
  if (found === undefined) return;
  const must = `before a flattening, where images are not all dreamt at the model's size of [${H},${W}]`;
  complain('deepDream', 'layers', must, found.node.name);
}

const resized = (images: tf.Tensor4D, size: [number, number]) => tf.image.resizeBilinear(images, size, false, true);

/** Heights and widths, the smallest first, the image's own last. */
function octaveSizes([H, W]: [number, number], most: number, scale: number): [number, number][] {
  const all = Array.from({ length: most }, (_, i): [number, number] => {
    const factor = scale ** -i;
    return [Math.round(H * factor), Math.round(W * factor)];
  });
  return all.filter(([h, w], i) => i === 0 || Math.min(h, w) >= LEAST_SIZE).reverse();
}
