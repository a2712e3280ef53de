export { type LoadStateDictOptions, loadStateDict, type StateDict } from '../stateDict/loadStateDict';
export { type StateDictOptions, stateDict } from '../stateDict/stateDict';
export { type AlexNetOptions, alexNet, zfNet } from './alexNet';
export { featuresAt } from './featuresAt';
export { freeze } from './freeze';
export { type AuxiliaryOptions, googLeNet, smallInception } from './googLeNet';
export { inceptionV3 } from './inceptionV3';
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
export { type SiameseOptions, siamese } from './siamese';
export { smallVgg, vgg16, vgg19 } from './vgg';
