import { placing, type Surface } from './board';
import type { PlaneWindow } from './window';

/**
 * Paints points as small squares with the given colour.
 *
 * @param points - x and y in turn, shape [n, 2].
 */
export function paintDots(
  { context, side }: Surface,
  points: Float32Array,
  window: PlaneWindow,
  style: { colour: string; opacity: number; size: number },
): void {
  const place = placing(window, side);
  context.fillStyle = style.colour;
  context.globalAlpha = style.opacity;
  for (let i = 0; i < points.length; i += 2) {
    const [left, top] = place(points[i] as number, points[i + 1] as number);
    context.fillRect(left - style.size / 2, top - style.size / 2, style.size, style.size);
  }
  context.globalAlpha = 1;
}
