import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { evaluate } from '../model/evaluate';
import { type Graph, type GraphNode, nodeNamed } from '../model/graph';
import { type Subject, subjectOf } from '../model/subject';
import type { TargetOptions } from '../model/target';

export interface CamOptions extends TargetOptions {
  /** The layer whose maps are weighed. Default: the last one of maps that is no pooling and no dropout. */
  layer?: string;
  /** Keep only what speaks for the score. Default: true. */
  relu?: boolean;
  /** Enlarge the map to the size of the image. Default: true. */
  resize?: boolean;
}

const isOfMaps = ({ shape }: GraphNode) => shape.length === 4 && (shape[1] !== 1 || shape[2] !== 1);

/** @throws TypeError when the model has no maps, or the layer named gives none. */
export function featureNode(caller: string, graph: Graph, name: string | undefined): GraphNode {
  if (name !== undefined) {
    const node = nodeNamed(caller, graph, name);
    if (!isOfMaps(node))
      complain(caller, 'layer', 'one of maps [batch, H, W, C]', `${name} of [${node.shape.join(', ')}]`);
    return node;
  }
  const keeps = ({ layer }: GraphNode) => !/Pool|Dropout|Padding/.test(layer.getClassName());
  const found = graph.nodes.findLast((node) => isOfMaps(node) && keeps(node));
  return found ?? complain(caller, 'model', 'one with a layer of maps [batch, H, W, C]', 'none');
}

/** The maps of a layer and the gradient of each image's score by them, both [B, H′, W′, C]. */
function mapsAndGradient({ graph, scoreAt, batch }: Subject, node: GraphNode): [tf.Tensor4D, tf.Tensor4D] {
  const [maps] = evaluate(graph, batch, [{ node, index: 0 }]) as [tf.Tensor4D];
  // The gradient by something that is added to the maps: the way to them need not be differentiated.
  const added = (nudge: tf.Tensor) =>
    tf.sum(scoreAt(batch, { intercept: (at, output) => (at === node ? tf.add(output, nudge) : output) }));
  return [maps, tf.grad(added)(tf.zerosLike(maps)) as tf.Tensor4D];
}

/** Weighs a layer's maps by their gradients, adds them up, and makes a map of the image of it: [H, W] or [B, H, W]. */
export function gradientMap(
  caller: string,
  model: tfl.LayersModel,
  image: tf.Tensor,
  { layer, ...options }: CamOptions,
  weigh: (maps: tf.Tensor4D, gradient: tf.Tensor4D) => tf.Tensor,
): tf.Tensor {
  return tf.tidy(() => {
    const subject = subjectOf(caller, model, image, options);
    const node = featureNode(caller, subject.graph, layer);
    const [maps, gradient] = mapsAndGradient(subject, node);
    const weights = weigh(maps, gradient); // [B, 1, 1, C] or [B, H′, W′, C]
    return finished(tf.sum(tf.mul(weights, maps), 3, true) as tf.Tensor4D, subject, options);
  });
}

/** A map [B, H′, W′, 1], rectified and enlarged as is asked for. */
export function finished(
  map: tf.Tensor4D,
  { batch, unbatch }: Pick<Subject, 'batch' | 'unbatch'>,
  { relu = true, resize = true }: CamOptions,
): tf.Tensor {
  const kept = relu ? tf.relu(map) : map;
  const sized = resize ? tf.image.resizeBilinear(kept, [batch.shape[1], batch.shape[2]], false, true) : kept;
  return unbatch(tf.squeeze(sized, [3]));
}
