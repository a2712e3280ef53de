import { readFileSync } from 'node:fs';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { imageOf, judge, type Subject, strongestChannel } from '../engine/subject';
import { loadWeights, shapeNetwork } from '../network/network';
import { drawScene, type Scene } from '../shapes/drawScene';
import { type ShapeName, shapeNames } from '../shapes/outlines';

/** The network of the page. */
export function trainedNetwork(): LayersModel {
  const model = shapeNetwork(1);
  loadWeights(model, new Uint8Array(readFileSync(new URL('../network/shapes.safetensors', import.meta.url))));
  return model;
}

/** A drawn picture of two shapes, and the question where the first of them is. */
export async function subjectOf(
  model: LayersModel,
  names: readonly ShapeName[],
  seed: number,
): Promise<{ subject: Subject; scene: Scene; probabilities: number[] }> {
  const scene = drawScene(names, seed);
  const image = imageOf(scene.pixels);
  const probabilities = await judge(model, image);
  const channel = await strongestChannel(model, image, 'conv5');
  image.dispose();
  const target = shapeNames.indexOf(names[0] ?? 'circle');
  return { scene, probabilities, subject: { model, pixels: scene.pixels, target, layer: 'conv5', channel, seed: 1 } };
}
