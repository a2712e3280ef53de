import { describeOnEachBackend } from '@tenonjs/testing';
import oracle from '../../../../tools/oracles/architectures.json';
import { logitsContract } from '../testing/architectures';

describeOnEachBackend('logits of PyTorch', (backend) => {
  const small = backend === 'wasm' ? ['smallResNet', 'resNet18'] : ['smallResNet'];
  logitsContract(oracle.filter(({ name }) => small.includes(name)));
});
