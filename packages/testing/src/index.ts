export { backends, describeOnEachBackend } from './backends';
export { logAbsDet, numericalJacobian } from './calculus';
export { distance, leaked } from './tensors';
