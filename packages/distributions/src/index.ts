export type { Matrix } from './cholesky';
export type { Distribution, EntropyOptions } from './distribution';
export { Logistic, type LogisticOptions } from './logistic';
export { Mixture, type MixtureOptions } from './mixture';
export { MultivariateNormal, type MultivariateNormalOptions } from './multivariateNormal';
export { Normal, type NormalOptions } from './normal';
export type { Numbers, Parameter } from './parameter';
export { Uniform, type UniformOptions } from './uniform';
