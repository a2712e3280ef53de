import { type Chain, type Flow, nice, planarFlow, realNvp } from '@tenonjs/flows';
import type { Settings } from '../settings';

/** The flow that the settings name, untrained. */
export function buildFlow({ flow, depth, width, seed }: Settings): Flow<Chain> {
  const layers = depth;
  const hidden = [width, width];
  const activation = 'tanh'; // smooth: space bends, and does not crease
  switch (flow) {
    case 'realNvp':
      return realNvp({ dim: 2, layers, hidden, activation, seed });
    case 'nice':
      return nice({ dim: 2, layers, hidden, activation, seed });
    case 'planar':
      return planarFlow({ dim: 2, layers, seed });
  }
}
