import { token } from '../page/theme';
import { SIDE } from './shape';

/**
 * Paints an image of 28 × 28 as ink on paper in the colours of the scheme.
 *
 * @param options.most - the level that is all ink. Default: 255.
 * @param options.isGiven - which pixels are in the colour of data.
 */
export function paintDigit(
  canvas: HTMLCanvasElement,
  image: ArrayLike<number>,
  { most = 255, isGiven = () => false }: { most?: number; isGiven?: (pixel: number) => boolean } = {},
): void {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('paintDigit: this browser gives no 2d context for a canvas');
  if (canvas.width !== SIDE) canvas.width = canvas.height = SIDE;
  const [paper, ink, data] = (['--picture', '--ink', '--data'] as const).map((name) => rgb(token(name)));
  const pixels = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const share = (image[i] as number) / most;
    const colour = isGiven(i) ? data : ink;
    for (let k = 0; k < 3; k++) {
      pixels.data[4 * i + k] = (paper?.[k] ?? 0) * (1 - share) + (colour?.[k] ?? 0) * share;
    }
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}

/** @param colour - as #rrggbb. */
const rgb = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
