import { quickenBatchNorm } from './batchNorms';
import { quickenBinaryOps } from './binaryOps';
import { quickenColumnSums } from './columnSums';
import { addComplexNumbers } from './complexNumbers';
import { addConvolutions } from './convolutions';
import { bridged } from './cpuBridge';
import { addDepthwiseGradients } from './depthwise';
import { addEinsum } from './einsum';
import { quickenMaxPoolGradient } from './pools';
import { quickenProducts } from './products';
import { addKernel } from './replaceKernel';
import { addSegmentSums } from './segmentSums';
import { shareCopies } from './sharedCopies';
import { quickenTiles } from './tiles';

/** What nobody trains with, or seldom: the cpu backend does it. */
const rare = ['FFT', 'IFFT', 'RaggedGather', 'RaggedRange', 'RaggedTensorToTensor', 'StaticRegexReplace'];

let done = false;

/**
 * Makes tfjs's wasm backend train everything, and quickly: the kernels that it lacks are added, those that training
 * needs most are replaced. The results are the same within rounding.
 */
export function quickenWasm(): void {
  if (done) return;
  done = true;
  quickenProducts();
  quickenColumnSums();
  quickenMaxPoolGradient();
  quickenBinaryOps();
  quickenBatchNorm();
  quickenTiles();
  shareCopies();
  addConvolutions(bridged);
  addDepthwiseGradients(bridged);
  addSegmentSums(bridged);
  addEinsum(bridged);
  addComplexNumbers();
  for (const name of rare) addKernel(name, bridged(name));
}
