import { token } from '../page/theme';
import type { Surface } from '../plane/board';
import { CELLS, type Place, type Stroke } from './code';

/** Where a place of the drawing's raster stands on a surface. */
export const onSurface = ([x, y]: Place, side: number): [number, number] => [
  ((x + 0.5) / CELLS) * side,
  (1 - (y + 0.5) / CELLS) * side,
];

/** Paints the lines and dots of a drawing. */
export function paintStrokes(
  { context, side }: Surface,
  strokes: readonly Stroke[],
  { width }: { width: number },
): void {
  Object.assign(context, { lineCap: 'round', lineJoin: 'round', lineWidth: width, strokeStyle: token('--data') });
  for (const stroke of strokes) {
    const [first] = stroke;
    if (first === undefined) continue;
    context.beginPath();
    context.moveTo(...onSurface(first, side));
    for (const place of stroke) context.lineTo(...onSurface(place, side)); // a dot is a line of no length, with round ends
    context.stroke();
  }
}
