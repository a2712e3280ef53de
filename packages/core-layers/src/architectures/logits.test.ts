import '@tensorflow/tfjs';
import { describeOnEachBackend } from '@tenonjs/testing';
import oracle from '../../../../tools/oracles/architectures.json';
import { logitsContract } from '../testing/architectures';

describeOnEachBackend('logits of PyTorch', (backend) => {
  logitsContract(oracle.filter(({ name }) => name.startsWith('small')));
  // Plain JavaScript takes long for millions of weights, and a software GPU for many pixels.
  const sides = { cpu: 0, wasm: Number.POSITIVE_INFINITY, webgpu: 40 };
  logitsContract(
    oracle.filter(({ name, options }) => name === 'resNet18' && (options.inputShape[0] as number) <= sides[backend]),
  );
});
