import { countDispatches, deviceSeed } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { UniformDequantization } from './bijectors/uniformDequantization';
import { chain } from './chain';
import { realNvp } from './flows/realNvp';

describeOnEachBackend('a seed on the device', (backend) => {
  test('draws what its number does: points, densities, losses', async () => {
    const flow = realNvp({ shape: [2, 2, 1], layers: 2, hidden: [4], levels: 3, seed: 1 });
    const seed = deviceSeed(7);
    const x = tf.tensor4d([0, 1, 2, 1, 2, 2, 0, 1], [2, 2, 2, 1]);
    for (const draw of [
      (of: typeof seed | number) => flow.sample(20, { seed: of }),
      (of: typeof seed | number) => flow.sampleAndLogProb(20, { seed: of }).logProb,
      (of: typeof seed | number) => flow.logProb(x, { seed: of }),
      (of: typeof seed | number) => flow.encode(x, { seed: of }),
      (of: typeof seed | number) => flow.loss({ x }, { seed: of }),
    ]) {
      expect(await distance(draw(seed), draw(7))).toBe(0);
      expect(await distance(flow.encode(x, { seed }), flow.encode(x, { seed: 8 }))).toBeGreaterThan(0);
    }
    expect(await leaked(() => flow.loss({ x }, { seed }))).toBe(0);
    tf.dispose([seed, x]);
    flow.dispose();
  });

  if (backend === 'webgpu') {
    test('steps that draw nothing derive no seed', async () => {
      const seed = deviceSeed(7);
      const x = tf.add(tf.zeros([4, 2]), 0);
      const alone = new UniformDequantization();
      const idle = { variables: {}, inverse: (p: tf.Tensor) => ({ value: p, logDet: tf.zeros([4]) as tf.Tensor1D }) };
      const still = { ...idle, forward: idle.inverse };
      const dispatches = async (options: { seed: typeof seed | number }) =>
        (await countDispatches(() => chain([still, alone, still]).inverse(x, options))).dispatches;
      await dispatches({ seed });
      expect((await dispatches({ seed })) - (await dispatches({ seed: 7 }))).toBe(1);
      tf.dispose([seed, x]);
    });
  }
});
