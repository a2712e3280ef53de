import { expect, test } from 'vitest';
import { knowsGradients } from './knowsGradients';

test('tfjs-core alone knows no gradients; tfjs brings them', async () => {
  expect(knowsGradients()).toBe(false);
  await import('@tensorflow/tfjs');
  expect(knowsGradients()).toBe(true);
});
