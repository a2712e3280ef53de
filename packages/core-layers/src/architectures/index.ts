export { type LoadStateDictOptions, loadStateDict, type StateDict } from '../stateDict/loadStateDict';
export { type StateDictOptions, stateDict } from '../stateDict/stateDict';
export { featuresAt } from './featuresAt';
export { freeze } from './freeze';
export type { ArchitectureOptions, VariantOptions } from './options';
export {
  resNet18,
  resNet34,
  resNet50,
  resNet101,
  resNet152,
  type ShallowResNetOptions,
  type SmallResNetOptions,
  smallResNet,
} from './resNet';
