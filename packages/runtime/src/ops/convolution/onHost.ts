import type { Numbers } from '../../tfjs/ops/heap';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import type { Geometry } from './geometry';

/** Calls `visit` with where a pixel, an output and a place of the kernel that sees the one for the other begin. */
function eachMeeting(g: Geometry, visit: (pixel: number, output: number, place: number) => void): void {
  const perPlace = (g.inChannels / g.groups) * g.outChannels;
  for (let at = 0; at < g.batch * g.outHeight * g.outWidth; at++) {
    const image = Math.floor(at / (g.outHeight * g.outWidth));
    const top = (Math.floor(at / g.outWidth) % g.outHeight) * g.strideHeight - g.padTop;
    const left = (at % g.outWidth) * g.strideWidth - g.padLeft;
    for (let place = 0; place < g.filterHeight * g.filterWidth; place++) {
      const row = top + Math.floor(place / g.filterWidth) * g.dilationHeight;
      const column = left + (place % g.filterWidth) * g.dilationWidth;
      if (row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
      const pixel = (image * g.inHeight + row) * g.inWidth + column;
      visit(pixel * g.inChannels, at * g.outChannels, place * perPlace);
    }
  }
}

/** Calls `visit` with each number of x, y and the kernel that go together; sums are to be kept in float64. */
function eachProduct(g: Geometry, visit: (x: number, y: number, kernel: number) => void): void {
  const [channels, filters] = [g.inChannels / g.groups, g.outChannels / g.groups];
  eachMeeting(g, (pixel, output, place) => {
    for (let group = 0; group < g.groups; group++) {
      for (let c = 0; c < channels; c++) {
        const x = pixel + group * channels + c;
        for (let f = group * filters; f < (group + 1) * filters; f++) {
          visit(x, output + f, place + c * g.outChannels + f);
        }
      }
    }
  });
}

const at = (numbers: Numbers | Float64Array, i: number) => numbers[i] as number;

/** y = conv(x, kernel). */
export function convolveOnHost({
  inputs: { x, kernel },
  outputs,
  attributes,
}: HostCall<'x' | 'kernel', 'y', Geometry>) {
  const sums = new Float64Array(outputs.y.length);
  eachProduct(attributes, (i, j, k) => {
    sums[j] = at(sums, j) + at(x, i) * at(kernel, k);
  });
  outputs.y.set(sums);
}

/** dx, from dy. */
export function inputGradientOnHost({ inputs, outputs, attributes }: HostCall<'dy' | 'kernel', 'dx', Geometry>) {
  const { dy, kernel } = inputs;
  const sums = new Float64Array(outputs.dx.length);
  eachProduct(attributes, (i, j, k) => {
    sums[i] = at(sums, i) + at(dy, j) * at(kernel, k);
  });
  outputs.dx.set(sums);
}

/** dKernel, from x and dy. */
export function kernelGradientOnHost({ inputs, outputs, attributes }: HostCall<'x' | 'dy', 'dKernel', Geometry>) {
  const { x, dy } = inputs;
  const sums = new Float64Array(outputs.dKernel.length);
  eachProduct(attributes, (i, j, k) => {
    sums[k] = at(sums, k) + at(x, i) * at(dy, j);
  });
  outputs.dKernel.set(sums);
}
