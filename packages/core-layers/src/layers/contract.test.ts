import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { registered } from '../register';
import { layerContract } from '../testing/layerContract';
import { layerRegistry } from '../testing/layers/registry';

layerContract(layerRegistry);

/** Layers for which any number of dimensions will do. */
const ANY =
  /Activation$|Dense|Dropout|Embedding|BatchN|LayerN|RMSN|GroupN|LocalResponse|Stochastic|Absolute|Spectral|Weight/;

test.each(layerRegistry.filter(({ make }) => !ANY.test(make().getClassName()) || /Conv/.test(make().getClassName())))(
  'the layer $name says of how many dimensions its input must be',
  ({ make, inputs }) => {
    const flat = inputs.map((shape) => tf.input({ shape: shape.slice(-1) }));
    const layer = make();
    const title = layer.getClassName().replace('Tenon>', '');
    const must =
      title === 'InstanceNormalization' ? '[batch, ...places, channels]' : `of ${inputs[0]?.length} dimensions`;
    expect(() => layer.apply(flat.length === 1 ? (flat[0] as tf.SymbolicTensor) : flat)).toThrow(
      `${title}: input must be ${must}`,
    );
    if (title === 'InstanceNormalization') return;
    const deep = inputs.map((shape) => tf.input({ shape }));
    expect(() => make().apply(deep.length === 1 ? (deep[0] as tf.SymbolicTensor) : deep)).toThrow(
      `${title}: input must be ${must}`,
    );
  },
);

test('every layer of the package is listed', () => {
  const listed = layerRegistry.map(({ make }) => make().getClassName());
  const layers = registered.filter((name) => !['Tenon>Orthogonal', 'Tenon>VarianceScaling'].includes(name));
  expect(layers.filter((name) => !listed.includes(name))).toEqual([]);
});
