import { multiplyTile } from './matmul';
import { Window } from './patches';
import { multiplyAdd } from './vectors';

/**
 * Winograd's F(4×4, 3×3): a filter of 3×3 and 4×4 outputs of one channel take 36 products instead of 144,
 *
 *     Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A,
 *
 * with d the 6×6 inputs that they see, g the filter, and sums over the channels between the brackets: 36 matrix products.
 * Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (2015).
 */

/** Inputs and outputs of a tile along a side, and places of a tile. */
const IN: usize = 6;
const OUT = 4;
const PLACES: usize = IN * IN;
/** Columns of the panels that `multiplyTile` wants its right side in, and rows that it does at once. */
const PANEL = 8;
const ROWS = 6;
/** So many floats of spread tiles and products are held at once. */
const CHUNK = 524_288;
/** Floats between planes: no two begin in the same set of the cache. */
const GAP = 16;
/** Fewer channels or tiles are done sooner without; and fewer tiles still, if the filter is spread already. */
const LEAST_CHANNELS = 16;
const LEAST_TILES = 4;
const LEAST_TILES_TO_SPREAD = 12;

/** Whether a convolution can be done in this way, and is done sooner with a filter that is spread already. */
export function isForWinograd(w: Window): bool {
  return (
    w.filterHeight == 3 &&
    w.filterWidth == 3 &&
    w.strideHeight * w.strideWidth * w.dilationHeight * w.dilationWidth == 1 &&
    w.inChannels % 4 == 0 &&
    w.outChannels % PANEL == 0 &&
    min(w.inChannels, w.outChannels) >= LEAST_CHANNELS &&
    tilesOf(w) >= LEAST_TILES
  );
}

/** Whether it pays to spread its filter for this once. */
export function isWorthSpreading(w: Window): bool {
  return isForWinograd(w) && tilesOf(w) >= LEAST_TILES_TO_SPREAD;
}

@inline
function across(w: Window): i32 {
  return (w.outWidth + OUT - 1) / OUT;
}

@inline
function down(w: Window): i32 {
  return (w.outHeight + OUT - 1) / OUT;
}

@inline
function tilesOf(w: Window): i32 {
  return w.batch * down(w) * across(w);
}

@inline
function chunkOf(w: Window): i32 {
  const most = max(ROWS, CHUNK / (<i32>PLACES * (w.inChannels + w.outChannels)) / ROWS * ROWS);
  return min(most, tilesOf(w));
}

@inline
function filterPlane(w: Window): usize {
  return (<usize>(w.inChannels * w.outChannels + GAP)) << 2;
}

/** Bytes of a spread filter. */
export function spreadBytes(w: Window): usize {
  return PLACES * filterPlane(w);
}

/** Bytes that `winograd` needs for itself: pointers and a tile, a pixel of zeros, spread inputs, products. */
export function winogradScratch(w: Window): usize {
  const chunk = <usize>chunkOf(w);
  const planes = PLACES * (((chunk * (w.inChannels + w.outChannels)) + 2 * GAP) << 2);
  return PLACES * 4 + PLACES * 16 + (<usize>w.inChannels << 2) + planes;
}

/** y = x ∗ filter, of a filter that is spread already. */
export function winograd(w: Window, x: usize, filter: usize, y: usize, scratch: usize): void {
  const chunk = chunkOf(w);
  const tile = scratch + PLACES * 4;
  const zeros = tile + PLACES * 16;
  const inputs = zeros + (<usize>w.inChannels << 2);
  const inputPlane = (<usize>(chunk * w.inChannels + GAP)) << 2;
  const products = inputs + PLACES * inputPlane;
  const productPlane = (<usize>(chunk * w.outChannels + GAP)) << 2;
  memory.fill(zeros, 0, <usize>w.inChannels << 2);
  const tiles = tilesOf(w);
  for (let first = 0; first < tiles; first += chunk) {
    const count = min(chunk, tiles - first);
    for (let i = 0; i < count; i++) {
      pointAt(w, x, first + i, zeros, scratch);
      spreadInput(w, scratch, inputs + ((<usize>i * w.inChannels) << 2), inputPlane, tile);
    }
    for (let place: usize = 0; place < PLACES; place++) {
      const left = inputs + place * inputPlane;
      const right = filter + place * filterPlane(w);
      multiplyPlane(w, left, right, products + place * productPlane, count);
    }
    for (let i = 0; i < count; i++) {
      gatherOutput(w, products + ((<usize>i * w.outChannels) << 2), productPlane, y, first + i, tile);
    }
  }
}

/** One place of all tiles: [count, inChannels] · [inChannels, outChannels]. */
@inline
function multiplyPlane(w: Window, left: usize, right: usize, out: usize, count: i32): void {
  const row = <usize>w.inChannels << 2;
  const outRow = <usize>w.outChannels << 2;
  for (let j = 0; j < w.outChannels; j += PANEL) {
    const panel = right + ((<usize>j * w.inChannels) << 2);
    for (let i = 0; i < count; i += ROWS) {
      const a = left + <usize>i * row;
      const to = out + <usize>i * outRow + (<usize>j << 2);
      multiplyTile(a, row, 4, panel, to, outRow, w.inChannels, min(ROWS, count - i), false);
    }
  }
}

/** filter [3, 3, inChannels, outChannels] → G g Gᵀ, 36 planes of panels [outChannels / 8, inChannels, 8]. */
export function spread(w: Window, filter: usize, to: usize, scratch: usize): void {
  const plane = filterPlane(w);
  const step = (<usize>(w.inChannels * w.outChannels)) << 2;
  for (let j = 0; j < w.outChannels; j += PANEL) {
    for (let c = 0; c < w.inChannels; c++, to += PANEL * 4) {
      const from = filter + ((<usize>(c * w.outChannels + j)) << 2);
      spreadTaps(from, step, to, plane, scratch);
      spreadTaps(from + 16, step, to + 16, plane, scratch);
    }
  }
}

/** The same of a filter that lies the other way round, [3, 3, outChannels, inChannels], turned by half a circle. */
export function spreadBackward(w: Window, filter: usize, to: usize, scratch: usize): void {
  const plane = filterPlane(w);
  const step = (<usize>(w.inChannels * w.outChannels)) << 2;
  const row = <usize>w.inChannels << 2;
  const taps = scratch + 18 * 16;
  for (let j = 0; j < w.outChannels; j += PANEL) {
    for (let c = 0; c < w.inChannels; c++, to += PANEL * 4) {
      const from = filter + ((<usize>(j * w.inChannels + c)) << 2);
      for (let half: usize = 0; half < 2; half++) {
        for (let tap: usize = 0; tap < 9; tap++) {
          store<v128>(taps + tap * 16, fourRows(from + half * 4 * row + (8 - tap) * step, row));
        }
        spreadTaps(taps, 16, to + half * 16, plane, scratch);
      }
    }
  }
}

/** A number of each of four rows. */
@inline
function fourRows(from: usize, row: usize): v128 {
  let x = v128.load32_zero(from);
  x = f32x4.replace_lane(x, 1, load<f32>(from + row));
  x = f32x4.replace_lane(x, 2, load<f32>(from + 2 * row));
  return f32x4.replace_lane(x, 3, load<f32>(from + 3 * row));
}

/** G g Gᵀ of four output channels; nine taps that lie `step` bytes apart. */
function spreadTaps(from: usize, step: usize, to: usize, plane: usize, rows: usize): void {
  for (let j: usize = 0; j < 3; j++) {
    const at = from + j * step;
    spreadThree(v128.load(at), v128.load(at + 3 * step), v128.load(at + 6 * step), rows + j * 16, 48);
  }
  for (let i: usize = 0; i < IN; i++, rows += 48, to += IN * plane) {
    spreadThree(v128.load(rows), v128.load(rows, 16), v128.load(rows, 32), to, plane);
  }
}

/** G (g0, g1, g2). */
@inline
function spreadThree(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const ends = f32x4.mul(f32x4.add(g0, g2), f32x4.splat(-1 / 6));
  const sixth = f32x4.mul(g1, f32x4.splat(1 / 6));
  const far = multiplyAdd(g0, f32x4.splat(1 / 24), f32x4.mul(g2, f32x4.splat(1 / 6)));
  const twelfth = f32x4.mul(g1, f32x4.splat(1 / 12));
  v128.store(to, f32x4.mul(g0, f32x4.splat(1 / 4)));
  v128.store(to + step, f32x4.sub(ends, sixth));
  v128.store(to + 2 * step, f32x4.add(ends, sixth));
  v128.store(to + 3 * step, f32x4.add(far, twelfth));
  v128.store(to + 4 * step, f32x4.sub(far, twelfth));
  v128.store(to + 5 * step, g2);
}

/** Writes where the 36 pixels of a tile lie; those outside the image are `zeros`. */
function pointAt(w: Window, x: usize, tile: i32, zeros: usize, pointers: usize): void {
  const perImage = down(w) * across(w);
  const image = tile / perImage;
  const within = tile - image * perImage;
  const top = (within / across(w)) * OUT - w.padTop;
  const left = (within % across(w)) * OUT - w.padLeft;
  for (let i = top; i < top + <i32>IN; i++) {
    const line = x + (((<usize>(image * w.inHeight + i)) * w.inWidth * w.inChannels) << 2);
    const isInside = i >= 0 && i < w.inHeight;
    for (let j = left; j < left + <i32>IN; j++, pointers += 4) {
      const at = isInside && j >= 0 && j < w.inWidth ? line + ((<usize>j * w.inChannels) << 2) : zeros;
      store<u32>(pointers, <u32>at);
    }
  }
}

/** Bᵀ d B of one tile, all channels, into one row of 36 planes. */
function spreadInput(w: Window, pointers: usize, to: usize, plane: usize, tile: usize): void {
  const end = <usize>w.inChannels << 2;
  for (let c: usize = 0; c < end; c += 16) {
    for (let j: usize = 0; j < IN; j++) {
      const at = pointers + j * 4;
      spreadSix(
        v128.load(<usize>load<u32>(at) + c),
        v128.load(<usize>load<u32>(at, 24) + c),
        v128.load(<usize>load<u32>(at, 48) + c),
        v128.load(<usize>load<u32>(at, 72) + c),
        v128.load(<usize>load<u32>(at, 96) + c),
        v128.load(<usize>load<u32>(at, 120) + c),
        tile + j * 16,
        96,
      );
    }
    for (let i: usize = 0; i < IN; i++) {
      const row = tile + i * 96;
      spreadSix(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        v128.load(row, 64),
        v128.load(row, 80),
        to + c + i * IN * plane,
        plane,
      );
    }
  }
}

/** Bᵀ (d0 … d5). */
@inline
function spreadSix(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  const four = f32x4.splat(4);
  const minusFour = f32x4.splat(-4);
  const minusFive = f32x4.splat(-5);
  const two = f32x4.splat(2);
  const even = multiplyAdd(d2, minusFour, d4);
  const odd = multiplyAdd(d1, minusFour, d3);
  const near = f32x4.sub(d4, d2);
  const twice = f32x4.mul(f32x4.sub(d3, d1), two);
  v128.store(to, multiplyAdd(d0, four, multiplyAdd(d2, minusFive, d4)));
  v128.store(to + step, f32x4.add(even, odd));
  v128.store(to + 2 * step, f32x4.sub(even, odd));
  v128.store(to + 3 * step, f32x4.add(near, twice));
  v128.store(to + 4 * step, f32x4.sub(near, twice));
  v128.store(to + 5 * step, multiplyAdd(d1, four, multiplyAdd(d3, minusFive, d5)));
}

/** Aᵀ m A of one tile, all channels, into its pixels of y. */
function gatherOutput(w: Window, from: usize, plane: usize, y: usize, tile: i32, rows: usize): void {
  const perImage = down(w) * across(w);
  const image = tile / perImage;
  const within = tile - image * perImage;
  const top = (within / across(w)) * OUT;
  const left = (within % across(w)) * OUT;
  const height = min(OUT, w.outHeight - top);
  const width = min(OUT, w.outWidth - left);
  const pixel = <usize>w.outChannels << 2;
  const line = pixel * w.outWidth;
  const first = y + (<usize>((image * w.outHeight + top) * w.outWidth + left)) * pixel;
  for (let k: usize = 0; k < pixel; k += 16) {
    for (let j: usize = 0; j < IN; j++) {
      const at = from + k + j * plane;
      const row = IN * plane;
      gatherSix(
        v128.load(at),
        v128.load(at + row),
        v128.load(at + 2 * row),
        v128.load(at + 3 * row),
        v128.load(at + 4 * row),
        v128.load(at + 5 * row),
        rows + j * 16,
        96,
        OUT,
      );
    }
    for (let i = 0; i < height; i++) {
      const row = rows + <usize>i * 96;
      gatherSix(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        v128.load(row, 64),
        v128.load(row, 80),
        first + <usize>i * line + k,
        pixel,
        width,
      );
    }
  }
}

/** The first `count` of Aᵀ (m0 … m5). */
@inline
function gatherSix(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  step: usize,
  count: i32,
): void {
  const sum = f32x4.add(m1, m2);
  const difference = f32x4.sub(m1, m2);
  const farSum = f32x4.add(m3, m4);
  const farDifference = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, sum), farSum));
  if (count > 1) v128.store(to + step, multiplyAdd(farDifference, f32x4.splat(2), difference));
  if (count > 2) v128.store(to + 2 * step, multiplyAdd(farSum, f32x4.splat(4), sum));
  if (count > 3) {
    v128.store(to + 3 * step, multiplyAdd(farDifference, f32x4.splat(8), f32x4.add(difference, m5)));
  }
}
