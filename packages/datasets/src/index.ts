export { digits } from './digits/digits';
export type { IdxData } from './idx/elementTypes';
export { IdxError } from './idx/idxError';
export { type IdxArray, readIdx } from './idx/readIdx';
export { type PlaneName, plane, planeEntropy, planeNames } from './planes/plane';
