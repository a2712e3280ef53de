import { describeOnEachBackend } from '@tenonjs/testing';
import oracle from '../../../../tools/oracles/architectures.json';
import { logitsContract } from '../testing/architectures';

describeOnEachBackend('logits of PyTorch', (backend) => {
  const small = ['smallResNet', 'smallVgg', 'smallInception', ...(backend === 'wasm' ? ['resNet18'] : [])];
  logitsContract(oracle.filter(({ name }) => small.includes(name)));
});
