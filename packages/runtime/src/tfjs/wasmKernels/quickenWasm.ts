import { quickenBatchNorm } from './batchNorms';
import { quickenBinaryOps } from './binaryOps';
import { quickenColumnSums } from './columnSums';
import { addConvolutions } from './convolutions';
import { bridged } from './cpuBridge';
import { addDepthwiseGradients } from './depthwise';
import { quickenMaxPoolGradient } from './pools';
import { quickenProducts } from './products';
import { addSegmentSums } from './segmentSums';
import { shareCopies } from './sharedCopies';
import { quickenTiles } from './tiles';

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
}
