import { token } from '../page/theme';
import type { Surface } from './board';

/** Room for what stands beside a chart. */
const [LEFT, BOTTOM, TOP, RIGHT] = [34, 20, 6, 6];

/** Where numbers stand in a chart. */
export interface Frame {
  x(value: number): number;
  y(value: number): number;
}

/** Draws the axes of a chart with a few numbers on them, and says where others stand. */
export function paintAxes(
  { context, side, height }: Surface,
  {
    x,
    y,
    words = plain,
  }: { x: readonly [number, number]; y: readonly [number, number]; words?: (value: number) => string },
): Frame {
  const frame: Frame = {
    x: (value) => LEFT + ((value - x[0]) / (x[1] - x[0])) * (side - LEFT - RIGHT),
    y: (value) => height - BOTTOM - ((value - y[0]) / (y[1] - y[0])) * (height - BOTTOM - TOP),
  };
  context.font = `11px ${token('--sans')}`;
  context.fillStyle = token('--ink-soft');
  context.strokeStyle = token('--line');
  context.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    const [atX, atY] = [x[0] + share * (x[1] - x[0]), y[0] + share * (y[1] - y[0])];
    context.beginPath();
    context.moveTo(LEFT, Math.round(frame.y(atY)) + 0.5);
    context.lineTo(side - RIGHT, Math.round(frame.y(atY)) + 0.5);
    context.stroke();
    Object.assign(context, { textAlign: 'right', textBaseline: share === 1 ? 'top' : 'middle' });
    context.fillText(words(atY), LEFT - 5, frame.y(atY));
    Object.assign(context, {
      textAlign: share === 0 ? 'left' : share === 1 ? 'right' : 'center',
      textBaseline: 'alphabetic',
    });
    context.fillText(plain(atX), frame.x(atX), height - 5);
  }
  return frame;
}

const plain = (value: number) => String(Math.round(value * 100) / 100).replace('-', '−');
