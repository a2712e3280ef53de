import { LayersModel, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { layerOf } from './modules';

/**
 * What a model computes on its way: a model that shares its layers, and gives the outputs of those that are named.
 *
 * @param model - of this package or any other.
 * @param layerNames - of layers, or of modules, whose last layer counts: `layer4` is what comes out of all `layer4.…`.
 * @returns a model of the same inputs, with one output a name, in order.
 * @throws TypeError that lists the names there are, when one is unknown.
 *
 * @example
 * const [low, high] = featuresAt(resNet18(), ['layer1', 'layer4']).predict(images) as tf.Tensor[];
 */
export function featuresAt(model: LayersModel, layerNames: readonly string[]): LayersModel {
  if (layerNames.length === 0) complain('featuresAt', 'layerNames', 'one name or more', 'none');
  const outputs = layerNames.map((name) => {
    const layer = layerOf('featuresAt', 'layerNames', model, name);
    // A model within the model has a node of its own, before those of its uses.
    const uses = layer.inboundNodes.slice(layer instanceof LayersModel ? 1 : 0);
    if (uses.length > 1) {
      complain('featuresAt', 'layerNames', 'of layers that are used once', `${name}, used ${uses.length} times`);
    }
    return uses[0]?.outputTensors[0] as SymbolicTensor;
  });
  return modelOf({ name: `${model.name}_features`, inputs: model.inputs, outputs });
}
