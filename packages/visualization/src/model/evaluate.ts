import * as tf from '@tensorflow/tfjs-core';
import { activationOf, callWithoutActivation, capOf } from './activation';
import { type Edge, type Graph, type GraphNode, listed } from './graph';
import { isMaxPool, type PoolWindow, windowOf } from './pools';

/** How a run differs from the model's own. */
export interface Changes {
  /** Stands in for every ReLU: [B, …] → [B, …]. */
  relu?(x: tf.Tensor): tf.Tensor;
  /** Stands in for every max pooling of images: [B, H, W, C] → [B, H′, W′, C]. */
  maxPool?(x: tf.Tensor4D, window: PoolWindow): tf.Tensor;
  /** Leave out the softmax or sigmoid that the model ends in. */
  logits?: boolean;
  /** What becomes of a node's output before others see it. */
  intercept?(node: GraphNode, output: tf.Tensor): tf.Tensor;
}

const RELUS = ['relu', 'relu6', 'cappedRelu'];
const SQUASHES = ['softmax', 'sigmoid'];

/**
 * The values of some edges, for one batch of images. Only layers that lead there are run, each once, as at inference.
 *
 * @param image - shape [B, H, W, C].
 */
export function evaluate(graph: Graph, image: tf.Tensor, wanted: readonly Edge[], changes: Changes = {}): tf.Tensor[] {
  const outputs = new Map<GraphNode, tf.Tensor[]>([[graph.input, [image]]]);
  const valueAt = ({ node, index }: Edge): tf.Tensor => {
    let found = outputs.get(node);
    if (!found) {
      const made = listed(callLayer(node, node.inputs.map(valueAt), node === graph.output.node, changes));
      found = changes.intercept ? made.map((each) => changes.intercept?.(node, each) as tf.Tensor) : made;
      outputs.set(node, found);
    }
    return found[index] as tf.Tensor;
  };
  return wanted.map(valueAt);
}

function callLayer(node: GraphNode, inputs: tf.Tensor[], isLast: boolean, { relu, maxPool, logits }: Changes) {
  const { layer } = node;
  const callArgs = { ...node.callArgs, training: false };
  if (maxPool && isMaxPool(layer))
    return maxPool(inputs[0] as tf.Tensor4D, windowOf(layer, (inputs[0] as tf.Tensor).shape));
  if (relu || (logits && isLast)) {
    const activation = activationOf(layer);
    if (relu && RELUS.includes(activation)) {
      const cap = capOf(layer, activation);
      const rectified = listed(callWithoutActivation(layer, inputs, callArgs)).map((each) => relu(each));
      return cap === undefined ? rectified : rectified.map((each) => tf.minimum(each, cap));
    }
    if (logits && isLast && SQUASHES.includes(activation)) return callWithoutActivation(layer, inputs, callArgs);
  }
  return layer.call(inputs, callArgs);
}
