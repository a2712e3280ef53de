import { initDevice } from '@tenonjs/runtime';
import { beforeAll, describe } from 'vitest';
import oracle from '../../../../tools/oracles/architectures.json';
import { logitsContract } from '../testing/architectures';

describe('logits of PyTorch, on wasm', () => {
  beforeAll(() => initDevice({ prefer: ['wasm'] }).then(() => undefined));
  logitsContract(oracle.filter(({ name }) => !name.startsWith('small') && name !== 'resNet18'));
});
