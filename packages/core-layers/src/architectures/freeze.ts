import { LayersModel, type layers } from '@tensorflow/tfjs-layers';
import { layerOf, usesOf } from './modules';

/**
 * Makes a part of a model stay as it is in training: the layer that is named, and all whose outputs it is computed from; of a
 * model within the model, every layer. Frozen batch normalization uses its running statistics, and does not move them.
 * `layer.trainable = true` thaws a layer.
 *
 * @param model - is changed, and returned.
 * @param until - the name of a layer, or of a module up to its last layer. Default: everything is frozen.
 * @throws TypeError that lists the names there are, when the name is unknown.
 *
 * @example
 * const model = freeze(resNet18({ classes: 5 }), 'layer3'); // layer4 and fc go on learning
 */
export function freeze(model: LayersModel, until?: string): LayersModel {
  const frozen = new Set(until === undefined ? model.layers : []);
  const uses = usesOf(model);
  const reach = (layer: layers.Layer): void => {
    if (frozen.has(layer)) return;
    frozen.add(layer);
    for (const { inboundLayers } of uses.get(layer) ?? []) inboundLayers.forEach(reach);
  };
  if (until !== undefined) reach(layerOf('freeze', 'until', model, until));
  frozen.forEach(keep);
  return model;
}

function keep(layer: layers.Layer): void {
  if (layer instanceof LayersModel) layer.layers.forEach(keep);
  layer.trainable = false;
}
