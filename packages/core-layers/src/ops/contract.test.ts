import '@tensorflow/tfjs';
import { opContract } from '@tenonjs/testing';
import { blanksAndMixes } from '../testing/ops/entries/boxes';
import { colorsAndMoves } from '../testing/ops/entries/colors';
import { composed } from '../testing/ops/entries/composed';
import { norms } from '../testing/ops/entries/norms';
import { windowed } from '../testing/ops/entries/windows';

opContract([...norms, ...windowed, ...composed, ...colorsAndMoves, ...blanksAndMixes]);
