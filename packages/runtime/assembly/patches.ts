import { addFloats, copyFloats } from './vectors';

/** The geometry of a convolution or a pool, which the host writes as 32-bit integers at an address. */
@unmanaged
export class Window {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;

  /** Numbers that one output sees: height × width × channels of the filter. */
  @inline
  get patch(): i32 {
    return this.filterHeight * this.filterWidth * this.inChannels;
  }

  /** Whether each output sees one pixel, and the patches are the image as it lies. */
  @inline
  get isPlain(): bool {
    return (
      this.filterHeight * this.filterWidth == 1 &&
      this.inHeight == this.outHeight &&
      this.inWidth == this.outWidth &&
      this.strideHeight * this.strideWidth == 1 &&
      this.padTop + this.padLeft == 0
    );
  }

  @inline
  get pixels(): i32 {
    return this.batch * this.outHeight * this.outWidth;
  }
}

/** The geometry of the input's gradient, itself a convolution where the stride is 1, written to an address. */
export function backwardOf(w: Window, to: usize): Window {
  memory.copy(to, changetype<usize>(w), offsetof<Window>());
  const back = changetype<Window>(to);
  back.inHeight = w.outHeight;
  back.inWidth = w.outWidth;
  back.inChannels = w.outChannels;
  back.outHeight = w.inHeight;
  back.outWidth = w.inWidth;
  back.outChannels = w.inChannels;
  back.padTop = w.filterHeight - 1 - w.padTop;
  back.padLeft = w.filterWidth - 1 - w.padLeft;
  return back;
}

/** Copies the patches that `count` output pixels see, from pixel `first` on, into rows [count, patch]; zeros outside. */
export function gatherPatches(w: Window, x: usize, first: i32, count: i32, rows: usize): void {
  const run = w.filterWidth * w.inChannels;
  const pixel = (<usize>w.inChannels) << 2;
  for (let at = first; at < first + count; at++) {
    const image = at / (w.outHeight * w.outWidth);
    const within = at - image * w.outHeight * w.outWidth;
    const top = (within / w.outWidth) * w.strideHeight - w.padTop;
    const left = (within % w.outWidth) * w.strideWidth - w.padLeft;
    const whole = w.dilationWidth == 1 && left >= 0 && left + w.filterWidth <= w.inWidth;
    for (let i = 0; i < w.filterHeight; i++, rows += (<usize>run) << 2) {
      const y = top + i * w.dilationHeight;
      if (y < 0 || y >= w.inHeight) {
        memory.fill(rows, 0, (<usize>run) << 2);
        continue;
      }
      const line = x + <usize>((image * w.inHeight + y) * w.inWidth) * pixel;
      if (whole) {
        copyFloats(rows, line + <usize>left * pixel, run);
        continue;
      }
      for (let j = 0; j < w.filterWidth; j++) {
        const column = left + j * w.dilationWidth;
        const to = rows + <usize>j * pixel;
        if (column >= 0 && column < w.inWidth) copyFloats(to, line + <usize>column * pixel, w.inChannels);
        else memory.fill(to, 0, pixel);
      }
    }
  }
}

/** Adds rows [count, patch] back to the pixels that they were seen from. */
export function scatterPatches(w: Window, rows: usize, first: i32, count: i32, x: usize): void {
  const run = w.filterWidth * w.inChannels;
  const pixel = (<usize>w.inChannels) << 2;
  for (let at = first; at < first + count; at++) {
    const image = at / (w.outHeight * w.outWidth);
    const within = at - image * w.outHeight * w.outWidth;
    const top = (within / w.outWidth) * w.strideHeight - w.padTop;
    const left = (within % w.outWidth) * w.strideWidth - w.padLeft;
    const whole = w.dilationWidth == 1 && left >= 0 && left + w.filterWidth <= w.inWidth;
    for (let i = 0; i < w.filterHeight; i++, rows += (<usize>run) << 2) {
      const y = top + i * w.dilationHeight;
      if (y < 0 || y >= w.inHeight) continue;
      const line = x + <usize>((image * w.inHeight + y) * w.inWidth) * pixel;
      if (whole) {
        addFloats(line + <usize>left * pixel, rows, run);
        continue;
      }
      for (let j = 0; j < w.filterWidth; j++) {
        const column = left + j * w.dilationWidth;
        if (column >= 0 && column < w.inWidth) {
          addFloats(line + <usize>column * pixel, rows + <usize>j * pixel, w.inChannels);
        }
      }
    }
  }
}
