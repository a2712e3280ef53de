export { type Activation, activationNames } from './activations/names';
export { type BiasActivationOptions, biasActivation } from './biasActivation';
