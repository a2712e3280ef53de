import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { checkInteger, complain } from '../check';
import { normalizeImage } from '../images/normalize';
import { graphOf, nodeNamed } from '../model/graph';
import { type GridOptions, grid } from './grid';

export interface FilterGridOptions extends GridOptions {
  /** The layer. Default: the first that has filters. */
  layer?: string;
  /** Show what filters do with this input channel alone. Default: all, as a colour where they are three. */
  input?: number;
  /** Show so many filters, from the first. Default: 64. */
  most?: number;
  /** Enlarge each number to so many pixels. Default: 1. */
  scale?: number;
}

/**
 * The filters of a convolution, each by itself from black at its least number to white at its largest. Filters of three
 * channels are in colour; others are a row of grey cells each, one for each input channel.
 *
 * @returns shape [height, width, 3 or 1], numbers in [0, 1].
 * @throws RangeError or TypeError when the model has no such layer, or the layer no filters.
 *
 * @example
 * const sheet = filterGrid(model, { layer: 'conv1', scale: 4 });
 */
export function filterGrid(
  model: tfl.LayersModel,
  { layer, input, most = 64, scale = 1, ...options }: FilterGridOptions = {},
): tf.Tensor3D {
  checkInteger('filterGrid', 'most', most, 1);
  checkInteger('filterGrid', 'scale', scale, 1);
  const kernel = kernelOf(model, layer);
  const [h, w, inputs, outputs] = kernel.shape;
  if (input !== undefined && (!Number.isInteger(input) || input < 0 || input >= inputs)) {
    complain('filterGrid', 'input', `in [0, ${inputs}), as the filters have channels`, input);
  }
  return tf.tidy(() => {
    const first = tf.slice(
      kernel,
      [0, 0, input ?? 0, 0],
      [-1, -1, input === undefined ? -1 : 1, Math.min(most, outputs)],
    );
    const shown = tf.transpose(first, [3, 0, 1, 2]); // [filters, h, w, channels]
    const [filters, , , channels] = shown.shape as [number, number, number, number];
    const inColour = channels === 1 || channels === 3;
    const cells = inColour ? shown : tf.reshape(tf.transpose(shown, [0, 3, 1, 2]), [filters * channels, h, w, 1]);
    const large = tf.image.resizeNearestNeighbor(normalizeImage(cells) as tf.Tensor4D, [h * scale, w * scale]);
    return grid(large, { ...(inColour ? {} : { columns: channels }), ...options });
  });
}

/** The filters [h, w, inputs, outputs] of a layer. */
function kernelOf(model: tfl.LayersModel, name: string | undefined): tf.Tensor4D {
  const graph = graphOf('filterGrid', model);
  const filtersOf = (layer: tfl.layers.Layer) => layer.getWeights().find(({ rank }) => rank === 4);
  if (name === undefined) {
    const found = graph.nodes.find(({ layer }) => filtersOf(layer));
    return (
      found ? filtersOf(found.layer) : complain('filterGrid', 'model', 'one with a convolution', 'none')
    ) as tf.Tensor4D;
  }
  const { layer } = nodeNamed('filterGrid', graph, name);
  return (filtersOf(layer) ??
    complain('filterGrid', 'layer', 'a convolution', `${name}, a ${layer.getClassName()}`)) as tf.Tensor4D;
}
