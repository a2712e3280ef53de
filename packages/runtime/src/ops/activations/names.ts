/** Each acts on one number z; `alpha` is the slope or height on the negative side, where there is one. */
export const activationNames = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'mish',
  'tanh',
  'sigmoid',
  'softplus',
] as const;

/** The name of a function that acts on each number by itself. */
export type Activation = (typeof activationNames)[number];

/** PyTorch's values where the caller gives none. */
export const defaultAlpha = (activation: Activation): number => (activation === 'leakyRelu' ? 0.01 : 1);

/** Klambauer et al., 2017: with these, numbers keep mean 0 and variance 1. */
export const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

/** √(2/π) and the cubic's factor: gelu ≈ z/2 · (1 + tanh(K (z + C z³))). */
export const GELU = { k: 0.7978845608028654, c: 0.044715 };

/** 1/√(2π) */
export const NORMAL_DENSITY = 0.3989422804014327;
