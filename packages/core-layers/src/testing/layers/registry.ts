import { augmentationRegistry } from '../augmentation';
import type { LayerEntry } from '../layerContract';
import { convolutions } from './convolutions';
import { denses } from './denses';
import { norms } from './norms';
import { others } from './others';
import { pools } from './pools';

/** Those that change images; their ops have a suite of their own, with gradients against finite differences. */
const augmentations: LayerEntry[] = Object.entries(augmentationRegistry).flatMap(([name, { layer }]) =>
  layer === undefined
    ? []
    : [{ name: `the layer of ${name}`, make: () => layer(3), inputs: [[3, 6, 7, 3]], draws: true, smooth: false }],
);

/** Every layer, once: the contract is for all of them. */
export const layerRegistry: readonly LayerEntry[] = [
  ...convolutions,
  ...denses,
  ...norms,
  ...pools,
  ...others,
  ...augmentations,
];
