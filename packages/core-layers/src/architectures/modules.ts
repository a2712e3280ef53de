import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';

/**
 * The layer of a name: of its own, or the last one of a module, as `layer4` is of all whose names begin with `layer4.`.
 *
 * @throws TypeError that lists the names there are.
 */
export function layerOf(caller: string, argument: string, model: LayersModel, name: string): layers.Layer {
  const layer =
    model.layers.find((layer) => layer.name === name) ??
    model.layers.filter((layer) => layer.name.startsWith(`${name}.`)).at(-1);
  return layer ?? complain(caller, argument, `one of ${namesOf(model).join(', ')}`, name);
}

/** Names of layers and of the modules that they belong to. */
function namesOf(model: LayersModel): string[] {
  const names = model.layers.flatMap(({ name }) =>
    name.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.')),
  );
  return [...new Set(names)];
}

/** An application of a layer. */
type Use = layers.Layer['inboundNodes'][number];

/** Where a model applies each of its layers; other models may apply them elsewhere. */
export function usesOf(model: LayersModel): Map<layers.Layer, Use[]> {
  const uses = new Map<layers.Layer, Use[]>();
  const visit = ({ sourceLayer, nodeIndex }: SymbolicTensor): void => {
    const [use, known] = [sourceLayer.inboundNodes[nodeIndex] as Use, uses.get(sourceLayer) ?? []];
    if (known.includes(use)) return;
    uses.set(sourceLayer, [...known, use]);
    use.inputTensors.forEach(visit);
  };
  model.outputs.forEach(visit);
  return uses;
}
