import { capture, overwrite, type Seed, seedSequence } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gatedPixelCnn, pixelCnn } from './autoregressive/models';
import type { PixelCnn } from './autoregressive/pixelCnn';
import type { Flow } from './flow';
import { iaf, maf } from './flows/autoregressiveFlows';
import { glow } from './flows/glow';
import { nice } from './flows/nice';
import { planarFlow, radialFlow, sylvesterFlow } from './flows/pushFlows';
import { realNvp } from './flows/realNvp';
import { continuousFlow, residualFlow } from './flows/smoothFlows';
import { splineFlow } from './flows/splineFlow';

const small = { dim: 2, layers: 2, hidden: [4], seed: 1 };
const images = { layers: 1, hidden: [4], levels: 4, seed: 1 };

const pixels = { shape: [2, 2, 1] as const, levels: 4, filters: 4, layers: 1, firstKernelSize: 3, seed: 1 };

/** Every flow and autoregressive model by name, and what is built otherwise by its options. */
const models: Record<string, () => Flow | PixelCnn> = {
  nice: () => nice(small),
  realNvp: () => realNvp(small),
  'realNvp of images': () => realNvp({ ...images, shape: [2, 2, 1] }),
  glow: () => glow(small),
  'glow of images, multi-scale': () => glow({ ...images, shape: [4, 4, 1], scales: 2 }),
  maf: () => maf(small),
  iaf: () => iaf(small),
  splineFlow: () => splineFlow({ ...small, bins: 3 }),
  'splineFlow, autoregressive': () => splineFlow({ ...small, bins: 3, kind: 'autoregressive' }),
  'splineFlow, circular': () => splineFlow({ ...small, bins: 3, kind: 'circular' }),
  planarFlow: () => planarFlow({ dim: 2, layers: 1, seed: 1 }),
  radialFlow: () => radialFlow({ dim: 2, layers: 2, seed: 1 }),
  sylvesterFlow: () => sylvesterFlow({ dim: 2, layers: 1, seed: 1 }),
  residualFlow: () => residualFlow({ ...small, layers: 1, terms: 2 }),
  continuousFlow: () => continuousFlow({ ...small, layers: 1, steps: 1 }),
  'continuousFlow, traces by Hutchinson': () => continuousFlow({ ...small, layers: 1, steps: 1, trace: 'hutchinson' }),
  pixelCnn: () => pixelCnn(pixels),
  gatedPixelCnn: () => gatedPixelCnn(pixels),
  'pixelCnn, a mixture of logistics': () => pixelCnn({ ...pixels, output: 'logisticMixture', components: 2 }),
};

const STEPS = 4;

/** One step of gradient descent, in place. */
function descend(model: Flow | PixelCnn, x: tf.Tensor, seed: Seed): tf.Tensor {
  const variables = [...model.trainableVariables];
  const { value, grads } = tf.variableGrads(() => model.loss({ x }, { seed }), variables);
  for (const variable of variables) {
    overwrite(variable, tf.sub(variable, tf.mul(0.01, grads[variable.name] as tf.Tensor)) as tf.Tensor);
  }
  return value;
}

describeOnEachBackend('training steps of models by name', (backend) => {
  if (backend !== 'webgpu') return test('are captured on webgpu alone', () => expect(backend).not.toBe('webgpu'));

  test.each(Object.entries(models))(
    '%s: captured once, and does what it does uncaptured',
    async (_, build) => {
      const [captured, plain] = [build(), build()];
      const event = captured.eventShape;
      const size = 3 * event.reduce((product, n) => product * n, 1);
      const isImage = event.length === 3;
      const x = tf.tensor(
        Array.from({ length: size }, (_, i) => (isImage ? i % 4 : Math.sin(i))),
        [3, ...event],
      );
      const [seeds, plainSeeds] = [seedSequence({ seed: 5 }), seedSequence({ seed: 5 })];
      const step = capture((batch: tf.Tensor) => descend(captured, batch, seeds.next()));
      for (let i = 0; i < STEPS; i++) {
        const [loss] = await step(x).data();
        const [expected] = await tf.tidy(() => descend(plain, x, plainSeeds.next())).data();
        expect(loss).toBeCloseTo(expected as number, 4);
      }
      expect(step.recordings).toBe(1);
      step.dispose();
      for (const model of [captured, plain]) model.dispose();
      x.dispose();
    },
    180_000,
  ); // a software adapter compiles every kernel on the cores that run the test
});
