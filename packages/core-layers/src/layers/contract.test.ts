import { expect, test } from 'vitest';
import { registered } from '../register';
import { layerContract } from '../testing/layerContract';
import { layerRegistry } from '../testing/layers/registry';

layerContract(layerRegistry);

test('every layer of the package is listed', () => {
  const listed = layerRegistry.map(({ make }) => make().getClassName());
  const layers = registered.filter((name) => !['Tenon>Orthogonal', 'Tenon>VarianceScaling'].includes(name));
  expect(layers.filter((name) => !listed.includes(name))).toEqual([]);
});
