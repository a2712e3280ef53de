import { token } from '../../page/theme';

type Rgb = readonly number[];

/** Colours of numbers with a sign: paper for 0, one colour for more, another for less. */
export interface Signs {
  paper: Rgb;
  more: Rgb;
  less: Rgb;
}

export const signs = (): Signs => ({ paper: rgb('--picture'), more: rgb('--warp'), less: rgb('--weft') });

/** Below 1, so that what is faint is seen beside what is strong. */
const GAMMA = 0.7;

/**
 * Numbers as pixels.
 *
 * @param most - what the full colours stand for; NaN is left clear.
 */
export function colourSigns(
  values: Float32Array,
  most: number,
  { paper, more, less }: Signs,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const share = Math.min(1, Math.abs(value) / most) ** GAMMA;
    const end = value < 0 ? less : more;
    for (let k = 0; k < 3; k++) pixels[4 * i + k] = (paper[k] as number) * (1 - share) + (end[k] as number) * share;
    pixels[4 * i + 3] = 255;
  });
  return pixels;
}

const rgb = (name: `--${string}`): Rgb => [1, 3, 5].map((at) => Number.parseInt(token(name).slice(at, at + 2), 16));
