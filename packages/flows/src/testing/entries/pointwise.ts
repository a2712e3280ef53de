import { ActNorm } from '../../bijectors/actNorm';
import { Affine } from '../../bijectors/affine';
import { Exp } from '../../bijectors/exp';
import { Logit } from '../../bijectors/logit';
import { Scaling } from '../../bijectors/scaling';
import { Sigmoid } from '../../bijectors/sigmoid';
import { Softplus } from '../../bijectors/softplus';
import { Tanh } from '../../bijectors/tanh';
import type { Registered } from '../registered';

const unit = { low: 0.05, high: 0.95 };

/** A map of single numbers: any shape will do, and it does not start as anything. */
const withoutVariables = { anyShape: true, startsAsIdentity: false };

/** Each number by itself. */
export const pointwise: Record<string, Registered> = {
  'activation norm': { event: [2, 3], build: () => new ActNorm({ shape: [2, 3] }) },
  'activation norm of channels': {
    event: [2, 1, 2],
    build: () => new ActNorm({ shape: [2, 1, 2], perChannel: true }),
  },
  scaling: { event: [2, 3], build: () => new Scaling({ shape: [2, 3] }) },
  affine: {
    event: [2, 2],
    build: () => new Affine({ shape: [2, 2], scale: [2, -0.5, 1, 3], shift: [0, 1, -4, 0.1] }),
    startsAsIdentity: false,
  },
  logit: {
    event: [3],
    build: () => new Logit({ alpha: 0.05 }),
    latent: unit,
    steps: { latent: 1e-3 },
    anyShape: true,
    startsAsIdentity: false,
  },
  'logit without a margin': {
    event: [2],
    build: () => new Logit({ alpha: 0 }),
    latent: unit,
    steps: { latent: 1e-3 },
    anyShape: true,
    startsAsIdentity: false,
  },
  exp: { event: [3], build: () => new Exp(), latent: { std: 0.5 }, steps: { data: 1e-3 }, ...withoutVariables },
  sigmoid: { event: [3], build: () => new Sigmoid(), latent: { std: 1 }, steps: { data: 1e-3 }, ...withoutVariables },
  tanh: { event: [3], build: () => new Tanh(), latent: { std: 0.5 }, steps: { data: 1e-3 }, ...withoutVariables },
  softplus: { event: [3], build: () => new Softplus(), latent: { std: 1 }, steps: { data: 1e-3 }, ...withoutVariables },
};
