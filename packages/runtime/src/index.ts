export type { Adapter, BackendName, Device, Fallback } from './device';
export { backendNames } from './device';
export { type InitDeviceOptions, initDevice } from './initDevice';
export { createRandom, type Random } from './random/createRandom';
export { deriveSeed } from './random/deriveSeed';
export { permutation } from './random/permutation';
export { randomNormal, randomUniform } from './random/tensors';
export { countDispatches, type DispatchCount } from './tfjs/countDispatches';
