import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import * as architectures from './architectures';
import { registered } from './register';

test('every class that the package registers is among those that a bundler keeps', () => {
  expect(architectures).toHaveProperty('resNet18'); // and so its classes are there as well
  const known = Object.keys(tf.serialization.SerializationMap.getMap().classNameMap);
  const ours = known.filter((name) => name.startsWith('Tenon>'));
  expect([...registered].sort()).toEqual(ours.sort());
  expect(registered).toContain('Tenon>Dense');
  expect(registered).toContain('Tenon>Orthogonal');
});
