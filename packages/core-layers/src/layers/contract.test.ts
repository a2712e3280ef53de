import { expect, test } from 'vitest';
import * as everything from '../index';
import { layerContract } from '../testing/layerContract';
import { layerRegistry } from '../testing/layers/registry';

layerContract(layerRegistry);

test('every layer of the package is listed', () => {
  const classes = Object.values(everything).flatMap((value) =>
    typeof value === 'function' && 'className' in value ? [String(value.className)] : [],
  );
  const listed = layerRegistry.map(({ make }) => make().getClassName());
  const layers = classes.filter((name) => !['Tenon>Orthogonal', 'Tenon>VarianceScaling'].includes(name));
  expect(layers.filter((name) => !listed.includes(name))).toEqual([]);
});
