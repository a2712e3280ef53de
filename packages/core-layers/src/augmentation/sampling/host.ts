import type { Numbers } from '@tenonjs/runtime';
import type { Sampling } from './sampling';

/** Visits the four numbers of the image between which each place of the result lies, those with a weight. */
function eachTap(
  [B, h, w]: readonly [number, number, number],
  [H, W]: readonly [number, number],
  matrices: Numbers,
  visit: (place: number, source: number, weight: number) => void,
): void {
  for (let b = 0; b < B; b++) {
    const [m0, m1, m2, m3, m4, m5] = matrices.subarray(6 * b, 6 * b + 6) as unknown as number[] as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < h; i++) {
      const Y = i + 0.5 - h / 2;
      for (let j = 0; j < w; j++) {
        const X = j + 0.5 - w / 2;
        const column = m0 * X + m1 * Y + m2 + W / 2 - 0.5;
        const row = m3 * X + m4 * Y + m5 + H / 2 - 0.5;
        const [left, top] = [Math.floor(column), Math.floor(row)];
        for (let tap = 0; tap < 4; tap++) {
          const [r, c] = [top + (tap >> 1), left + (tap & 1)];
          const weight = (1 - Math.abs(row - r)) * (1 - Math.abs(column - c));
          if (r < 0 || r >= H || c < 0 || c >= W || weight === 0) continue;
          visit((b * h + i) * w + j, (b * H + r) * W + c, weight);
        }
      }
    }
  }
}

export function gatherOnHost(
  x: Numbers,
  shape: readonly number[],
  matrices: Numbers,
  y: Numbers,
  { size: [h, w], fill }: Sampling,
): void {
  const [B, H, W, C] = shape as [number, number, number, number];
  y.fill(fill);
  eachTap([B, h, w], [H, W], matrices, (place, source, weight) => {
    for (let c = 0; c < C; c++) {
      y[place * C + c] = (y[place * C + c] as number) + weight * ((x[source * C + c] as number) - fill);
    }
  });
}

export function spreadOnHost(
  dy: Numbers,
  shape: readonly number[],
  matrices: Numbers,
  dx: Numbers,
  image: readonly [number, number],
): void {
  const [B, h, w, C] = shape as [number, number, number, number];
  dx.fill(0);
  eachTap([B, h, w], image, matrices, (place, source, weight) => {
    for (let c = 0; c < C; c++) {
      dx[source * C + c] = (dx[source * C + c] as number) + weight * (dy[place * C + c] as number);
    }
  });
}
