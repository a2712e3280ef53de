export type { Matrix } from './cholesky';
export type { Distribution, EntropyOptions } from './distribution';
export { Bernoulli, type BernoulliOptions } from './families/bernoulli';
export { Beta, type BetaOptions } from './families/beta';
export { Categorical, type CategoricalOptions } from './families/categorical';
export { Dirichlet, type DirichletOptions } from './families/dirichlet';
export { Gamma, type GammaOptions } from './families/gamma';
export { Laplace, type LaplaceOptions } from './families/laplace';
export { Logistic, type LogisticOptions } from './families/logistic';
export { Mixture, type MixtureOptions } from './families/mixture';
export { MultivariateNormal, type MultivariateNormalOptions } from './families/multivariateNormal';
export { Normal, type NormalOptions } from './families/normal';
export { StudentT, type StudentTOptions } from './families/studentT';
export {
  type InvertibleMap,
  TransformedDistribution,
  type TransformedDistributionOptions,
} from './families/transformed';
export { Uniform, type UniformOptions } from './families/uniform';
export type { CovarianceType, GaussianComponent } from './gaussianMixture/components';
export {
  type FitGaussianMixtureOptions,
  fitGaussianMixture,
  type GaussianMixtureFit,
} from './gaussianMixture/fitGaussianMixture';
export { type KlDivergence, klDivergence } from './kl/klDivergence';
export { type ChainValues, type Diagnosis, diagnose, effectiveSampleSize, rHat } from './mcmc/diagnostics';
export { type Conditional, discreteConditionals, gibbs } from './mcmc/gibbs';
export { type HmcChains, type HmcOptions, hmc } from './mcmc/hmc';
export {
  type Chains,
  type MetropolisHastingsOptions,
  metropolisHastings,
  type Proposed,
} from './mcmc/metropolisHastings';
export { type Restored, type RestoreOptions, restore } from './mcmc/restore';
export type { ChainOptions, ChainProgress } from './mcmc/runChains';
export type { Numbers, Parameter } from './parameter';
export { digamma } from './special/digamma';
export { betainc } from './special/incompleteBeta';
export { igamma, igammac } from './special/incompleteGamma';
export { lgamma } from './special/lgamma';
export { polygamma } from './special/polygamma';
export { TabulatedDensity, type TabulatedDensityOptions } from './tabulated/tabulatedDensity';
export { TabulatedPlane, type TabulatedPlaneOptions } from './tabulated/tabulatedPlane';
