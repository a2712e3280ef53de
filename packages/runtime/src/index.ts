export { createRandom, type Random } from './random/createRandom';
export { deriveSeed } from './random/deriveSeed';
export { permutation } from './random/permutation';
export { randomNormal, randomUniform } from './random/tensors';
