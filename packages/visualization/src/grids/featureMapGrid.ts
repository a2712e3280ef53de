import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, checkName, complain } from '../check';
import { normalizeMap } from '../images/normalize';
import { evaluate } from '../model/evaluate';
import { graphOf, nodeNamed } from '../model/graph';
import { imagesFor } from '../model/images';
import { type GridOptions, grid } from './grid';

export interface FeatureMapGridOptions extends GridOptions {
  layer: string;
  /** Show so many maps, from the first. Default: 64. */
  most?: number;
  /** From black to white: each map by itself, or all alike so that they can be compared. Default: `each`. */
  normalize?: 'each' | 'all';
}

/**
 * What a layer makes of an image: its maps side by side, one for each channel.
 *
 * @param image - shape [H, W, C], one image.
 * @returns shape [height, width, 1], numbers in [0, 1].
 * @throws TypeError or RangeError when the image does not fit the model, or the model has no such layer of maps.
 *
 * @example
 * const sheet = featureMapGrid(model, image, { layer: 'conv2', columns: 8 });
 */
export function featureMapGrid(
  model: tfl.LayersModel,
  image: tf.Tensor,
  { layer, most = 64, normalize = 'each', ...options }: FeatureMapGridOptions,
): tf.Tensor3D {
  checkInteger('featureMapGrid', 'most', most, 1);
  checkName('featureMapGrid', 'normalize', normalize, ['each', 'all']);
  return tf.tidy(() => {
    const graph = graphOf('featureMapGrid', model);
    const { batch } = imagesFor('featureMapGrid', graph, image);
    if (batch.shape[0] !== 1) complain('featureMapGrid', 'image', 'one image', `[${image.shape}]`);
    const node = nodeNamed('featureMapGrid', graph, layer);
    if (node.shape.length !== 4) complain('featureMapGrid', 'layer', 'one of maps', `${layer} of [${node.shape}]`);
    const [value] = evaluate(graph, batch, [{ node, index: 0 }]) as [tf.Tensor];
    const shown = tf.slice(value, [0, 0, 0, 0], [-1, -1, -1, Math.min(most, value.shape[3] as number)]);
    const maps = tf.squeeze(tf.transpose(shown, [3, 1, 2, 0]), [3]); // [channels, H′, W′]
    const [N, H, W] = maps.shape as [number, number, number];
    const scaled =
      normalize === 'each' ? normalizeMap(maps) : tf.reshape(normalizeMap(tf.reshape(maps, [N * H, W])), [N, H, W]);
    return grid(tf.expandDims(scaled, 3), options);
  });
}
