import { type LayersModel, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { layerOf, usesOf } from './modules';

/**
 * What a model computes on its way: a model that shares its layers, and gives the outputs of those that are named.
 *
 * @param model - of this package or any other.
 * @param layerNames - of layers, or of modules, whose last layer counts: `layer4` is what comes out of all `layer4.…`.
 * @returns a model of the same inputs, with one output a name, in order.
 * @throws TypeError that lists the names there are, when one is unknown; when two are of one layer, or a layer is used twice.
 *
 * @example
 * const [low, high] = featuresAt(resNet18(), ['layer1', 'layer4']).predict(images) as tf.Tensor[];
 */
export function featuresAt(model: LayersModel, layerNames: readonly string[]): LayersModel {
  if (!Array.isArray(layerNames) || layerNames.length === 0) {
    complain('featuresAt', 'layerNames', 'one name or more', layerNames.length === 0 ? 'none' : layerNames);
  }
  const uses = usesOf(model);
  const outputs = layerNames.map((name) => {
    const layer = layerOf('featuresAt', 'layerNames', model, name);
    const found = uses.get(layer) ?? [];
    if (found.length > 1) {
      complain('featuresAt', 'layerNames', 'of layers that are used once', `${name}, used ${found.length} times`);
    }
    // A model that a tf.sequential begins with is not applied: its own layers are those of the sequence.
    return (found[0]?.outputTensors ?? (layer as LayersModel).outputs)[0] as SymbolicTensor;
  });
  const again = layerNames.find((_, i) => outputs.indexOf(outputs[i] as SymbolicTensor) < i);
  if (again !== undefined) complain('featuresAt', 'layerNames', 'of different layers', layerNames);
  return modelOf({ name: `${model.name}_features`, inputs: model.inputs, outputs });
}
