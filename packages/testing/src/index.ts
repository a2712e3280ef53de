export { backends, describeOnEachBackend } from './backends';
export { logAbsDet, numericalJacobian } from './calculus';
export type { Numbers, Values } from './finiteDifferences';
export { type Named, type OpEntry, opContract, type Sample } from './opContract';
export { distance, leaked } from './tensors';
