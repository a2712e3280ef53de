import '@tensorflow/tfjs';
import { opContract } from '@tenonjs/testing';
import { norms } from '../testing/ops/entries/norms';
import { windowed } from '../testing/ops/entries/windows';

opContract([...norms, ...windowed]);
