import '@tensorflow/tfjs';
import { opContract } from '@tenonjs/testing';
import { registry } from '../testing/ops/registry';

opContract(registry);
