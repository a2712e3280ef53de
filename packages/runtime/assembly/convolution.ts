import { matmul, matmulScratch } from './matmul';
import { backwardOf, gatherPatches, scatterPatches, Window } from './patches';
import {
  isForWinograd,
  isWorthSpreading,
  spread,
  spreadBackward,
  spreadBytes,
  winograd,
  winogradScratch,
} from './winograd';

/** So many floats of patches are multiplied at once: they stay in the cache between the copying and the product. */
const CHUNK = 32_768;
const LEAST_ROWS = 48;
const MOST_ROWS = 384;
/** Bytes of a window, with what keeps the next thing aligned. */
const WINDOW: usize = 64;

@inline
function chunkOf(w: Window): i32 {
  return max(LEAST_ROWS, min(MOST_ROWS, CHUNK / max(1, w.patch)));
}

/** How many bytes the convolutions need for themselves, forward and back. */
export function convolutionScratch(window: usize): usize {
  const w = changetype<Window>(window);
  const inPatches = matmulScratch() + ((<usize>chunkOf(w) * w.patch) << 2);
  const back = backwardOf(w, window + WINDOW);
  return max(inPatches, max(inTiles(w), WINDOW + inTiles(back)));
}

@inline
function inTiles(w: Window): usize {
  return isForWinograd(w) ? winogradScratch(w) + spreadBytes(w) : 0;
}

/** y [pixels, outChannels] = patches(x) · filter [patch, outChannels]. */
export function convolve(window: usize, x: usize, filter: usize, y: usize, scratch: usize): void {
  const w = changetype<Window>(window);
  if (w.isPlain) {
    matmul(x, w.patch, 1, filter, w.outChannels, 1, y, w.pixels, w.patch, w.outChannels, false, scratch);
    return;
  }
  if (isWorthSpreading(w)) {
    const filterSpread = scratch + winogradScratch(w);
    spread(w, filter, filterSpread, scratch);
    winograd(w, x, filterSpread, y, scratch);
    return;
  }
  const chunk = chunkOf(w);
  const rows = scratch + matmulScratch();
  for (let first = 0; first < w.pixels; first += chunk) {
    const count = min(chunk, w.pixels - first);
    gatherPatches(w, x, first, count, rows);
    const out = y + ((<usize>first * w.outChannels) << 2);
    matmul(rows, w.patch, 1, filter, w.outChannels, 1, out, count, w.patch, w.outChannels, false, scratch);
  }
}

/** Bytes of a filter that is spread beforehand, as `convolveSpread` takes it; 0 where that is no gain. */
export function spreadFilterBytes(window: usize): usize {
  const w = changetype<Window>(window);
  return isForWinograd(w) ? spreadBytes(w) : 0;
}

export function spreadFilter(window: usize, filter: usize, to: usize, scratch: usize): void {
  spread(changetype<Window>(window), filter, to, scratch);
}

/** `convolve` with a filter that is spread. */
export function convolveSpread(window: usize, x: usize, filter: usize, y: usize, scratch: usize): void {
  winograd(changetype<Window>(window), x, filter, y, scratch);
}

/** dFilter [patch, outChannels] = patches(x)ᵀ · dy. */
export function convolveFilterGradient(window: usize, x: usize, dy: usize, dFilter: usize, scratch: usize): void {
  const w = changetype<Window>(window);
  if (w.isPlain) {
    matmul(x, 1, w.patch, dy, w.outChannels, 1, dFilter, w.patch, w.pixels, w.outChannels, false, scratch);
    return;
  }
  const chunk = chunkOf(w);
  const rows = scratch + matmulScratch();
  memory.fill(dFilter, 0, (<usize>w.patch * w.outChannels) << 2);
  for (let first = 0; first < w.pixels; first += chunk) {
    const count = min(chunk, w.pixels - first);
    gatherPatches(w, x, first, count, rows);
    const right = dy + ((<usize>first * w.outChannels) << 2);
    matmul(rows, 1, w.patch, right, w.outChannels, 1, dFilter, w.patch, count, w.outChannels, true, scratch);
  }
}

/** dx: the rows dy · filterᵀ, each added to the pixels of its patch. */
export function convolveInputGradient(window: usize, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const w = changetype<Window>(window);
  if (w.isPlain) {
    matmul(dy, w.outChannels, 1, filter, 1, w.outChannels, dx, w.pixels, w.outChannels, w.patch, false, scratch);
    return;
  }
  const back = backwardOf(w, scratch);
  if (isWorthSpreading(back)) {
    const rest = scratch + WINDOW;
    const filterSpread = rest + winogradScratch(back);
    spreadBackward(back, filter, filterSpread, rest);
    winograd(back, dy, filterSpread, dx, rest);
    return;
  }
  const chunk = chunkOf(w);
  const rows = scratch + matmulScratch();
  memory.fill(dx, 0, (<usize>(w.batch * w.inHeight * w.inWidth) * w.inChannels) << 2);
  for (let first = 0; first < w.pixels; first += chunk) {
    const count = min(chunk, w.pixels - first);
    const left = dy + ((<usize>first * w.outChannels) << 2);
    matmul(left, w.outChannels, 1, filter, 1, w.outChannels, rows, count, w.outChannels, w.patch, false, scratch);
    scatterPatches(w, rows, first, count, dx);
  }
}
