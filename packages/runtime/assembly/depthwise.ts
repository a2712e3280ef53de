import { Window } from './patches';
import { multiplyAdd } from './vectors';

/**
 * Depthwise convolutions: each channel c of x meets its own `multiplier` filters, filter [height, width, c, multiplier],
 * and gives the channels c · multiplier + m of y. One walk over all pairs of an output pixel and a place of the filter.
 */
const TO_INPUT = 0;
const TO_FILTER = 1;
const TO_OUTPUT = 2;

@inline
function multiplierOf(w: Window): i32 {
  return w.outChannels / w.inChannels;
}

/** y += x filter at each pair. */
export function depthwise(window: usize, x: usize, filter: usize, y: usize): void {
  walk(changetype<Window>(window), x, filter, y, TO_OUTPUT);
}

/** dFilter += x dy at each pair; with a multiplier of 1, four channels at a time. */
export function depthwiseFilterGradient(window: usize, x: usize, dy: usize, dFilter: usize): void {
  walk(changetype<Window>(window), x, dFilter, dy, TO_FILTER);
}

/** dx += filter dy at each pair. */
export function depthwiseInputGradient(window: usize, dy: usize, filter: usize, dx: usize): void {
  walk(changetype<Window>(window), dx, filter, dy, TO_INPUT);
}

@inline
function walk(w: Window, x: usize, filter: usize, dy: usize, target: i32): void {
  const channels = w.inChannels;
  const multiplier = multiplierOf(w);
  if (target == TO_INPUT) memory.fill(x, 0, (<usize>(w.batch * w.inHeight * w.inWidth) * channels) << 2);
  else if (target == TO_FILTER) memory.fill(filter, 0, (<usize>(w.filterHeight * w.filterWidth) * w.outChannels) << 2);
  else memory.fill(dy, 0, (<usize>w.pixels * w.outChannels) << 2);
  for (let image = 0; image < w.batch; image++) {
    for (let row = 0; row < w.outHeight; row++) {
      for (let column = 0; column < w.outWidth; column++, dy += <usize>w.outChannels << 2) {
        for (let i = 0; i < w.filterHeight; i++) {
          const y = row * w.strideHeight - w.padTop + i * w.dilationHeight;
          if (y < 0 || y >= w.inHeight) continue;
          for (let j = 0; j < w.filterWidth; j++) {
            const z = column * w.strideWidth - w.padLeft + j * w.dilationWidth;
            if (z < 0 || z >= w.inWidth) continue;
            const pixel = x + ((<usize>((image * w.inHeight + y) * w.inWidth + z) * channels) << 2);
            const weights = filter + ((<usize>(i * w.filterWidth + j) * w.outChannels) << 2);
            if (target == TO_INPUT) addTo(pixel, weights, dy, channels, multiplier);
            else if (target == TO_FILTER) addFrom(pixel, weights, dy, channels, multiplier);
            else addFrom(pixel, dy, weights, channels, multiplier); // y += x filter, as dFilter += x dy
          }
        }
      }
    }
  }
}

@inline
function addTo(pixel: usize, weights: usize, dy: usize, channels: i32, multiplier: i32): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      v128.store(pixel + at, multiplyAdd(v128.load(weights + at), v128.load(dy + at), v128.load(pixel + at)));
    }
  }
  for (; c < channels; c++) {
    let sum = load<f32>(pixel + (<usize>c << 2));
    for (let m = c * multiplier; m < (c + 1) * multiplier; m++) {
      sum += load<f32>(weights + (<usize>m << 2)) * load<f32>(dy + (<usize>m << 2));
    }
    store<f32>(pixel + (<usize>c << 2), sum);
  }
}

@inline
function addFrom(pixel: usize, weights: usize, dy: usize, channels: i32, multiplier: i32): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = <usize>c << 2;
      v128.store(weights + at, multiplyAdd(v128.load(pixel + at), v128.load(dy + at), v128.load(weights + at)));
    }
  }
  for (; c < channels; c++) {
    const value = load<f32>(pixel + (<usize>c << 2));
    for (let m = c * multiplier; m < (c + 1) * multiplier; m++) {
      const at = weights + (<usize>m << 2);
      store<f32>(at, load<f32>(at) + value * load<f32>(dy + (<usize>m << 2)));
    }
  }
}
