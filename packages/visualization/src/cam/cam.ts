import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { evaluate } from '../model/evaluate';
import { type Graph, type GraphNode, graphOf } from '../model/graph';
import { imagesFor } from '../model/images';
import { kindOf } from '../model/kind';
import { isGlobalAverage } from '../model/pools';
import { type CamOptions, finished } from './featureMaps';

/**
 * Class activation mapping: where a network that ends in global average pooling and one dense layer has seen a class. The
 * maps before the pooling, each weighed by what the dense layer gives for it.
 *
 *     M_c(i, j) = Σₖ w_kc Aₖ(i, j),   score_c = mean_ij M_c(i, j) + b_c
 *
 * Reference: Zhou, Khosla, Lapedriza, Oliva, Torralba, "Learning deep features for discriminative localization", 2016, §2.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @param options.target - a class, or one for each image. Default: the class most probable for each.
 * @param options.relu - keep only what speaks for the class. Default: false, as in the paper.
 * @returns shape [H, W] or [B, H, W], not normalised; without `resize` of the size of the maps.
 * @throws TypeError when the model does not end so, saying what it lacks; `gradCam` needs no such end.
 *
 * @example
 * const heat = cam(model, image, { target: 3 });
 */
export function cam(
  model: tfl.LayersModel,
  image: tf.Tensor,
  { target, relu = false, resize }: { target?: number | readonly number[] } & Pick<CamOptions, 'relu' | 'resize'> = {},
): tf.Tensor {
  return tf.tidy(() => {
    const graph = graphOf('cam', model);
    const { pooling, dense } = headOf(graph);
    const { batch, unbatch } = imagesFor('cam', graph, image);
    const features = pooling.inputs[0] as GraphNode['inputs'][number];
    const [maps, output] = evaluate(graph, batch, [features, graph.output]) as [tf.Tensor4D, tf.Tensor];
    const [kernel] = dense.layer.getWeights() as [tf.Tensor]; // [C, classes]
    const classes = kernel.shape[1] as number;
    const chosen = target === undefined ? tf.argMax(output, 1) : classesOf(target, batch.shape[0], classes);
    const weights = tf.reshape(tf.gather(tf.transpose(kernel), chosen), [-1, 1, 1, kernel.shape[0] as number]); // [B, 1, 1, C]
    return finished(
      tf.sum(tf.mul(maps, weights), 3, true) as tf.Tensor4D,
      { batch, unbatch },
      { relu, ...(resize !== undefined && { resize }) },
    );
  });
}

function classesOf(target: number | readonly number[], batch: number, classes: number): tf.Tensor {
  const wanted = Array.isArray(target) ? target : Array<number>(batch).fill(target as number);
  const isClass = (each: number) => Number.isInteger(each) && each >= 0 && each < classes;
  if (wanted.length !== batch || !wanted.every(isClass)) {
    complain('cam', 'target', `a class in [0, ${classes}), or one for each image`, target);
  }
  return tf.tensor1d(wanted, 'int32');
}

/** Between the maps and the scores these change nothing but the form. */
const PASSING = ['Activation', 'Softmax', 'Dropout', 'Flatten', 'Reshape'];

/** The pooling and the dense layer that a model ends in. */
function headOf(graph: Graph): { pooling: GraphNode; dense: GraphNode } {
  const before = (node: GraphNode | undefined) => {
    let at = node;
    while (at && PASSING.includes(kindOf(at.layer))) at = at.inputs[0]?.node;
    return at;
  };
  const dense = before(graph.output.node);
  if (!dense || kindOf(dense.layer) !== 'Dense') lacks('one dense layer at its end', dense);
  const pooling = before(dense.inputs[0]?.node);
  if (!pooling || !isGlobalAverage(pooling.layer)) lacks('a global average pooling before its dense layer', pooling);
  return { pooling, dense };
}

function lacks(what: string, found: GraphNode | undefined): never {
  const there = found ? `${found.name}, a ${kindOf(found.layer)}` : 'nothing';
  throw new TypeError(`cam: model must have ${what}, got ${there}; gradCam works without`);
}
