import { quickenColumnSums } from './columnSums';
import { shareCopies } from './sharedCopies';
import { quickenTransposedProducts } from './transposedProducts';

let done = false;

/** Makes tfjs's wasm backend quick at what training does most. The results are the same within rounding. */
export function quickenWasm(): void {
  if (done) return;
  done = true;
  quickenTransposedProducts();
  quickenColumnSums();
  shareCopies();
}
