import { layerContract } from '../testing/layerContract';
import { layerRegistry } from '../testing/layers/registry';

/** One that is fused, one that draws, one that keeps statistics, one with a kernel of this package alone. */
const few = ['Conv2DNormActivation', 'Dropout', 'BatchNormalization', 'LocalResponseNormalization'];

layerContract(layerRegistry.filter(({ name }) => few.includes(name)));
