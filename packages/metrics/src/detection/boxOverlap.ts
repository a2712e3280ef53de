/**
 * The intersection of two rectangles over their union, or over the first alone when the second is a crowd.
 *
 * @param found - x, y, width, height.
 * @param truth - x, y, width, height.
 */
export function boxOverlap(found: readonly number[], truth: readonly number[], crowd = false): number {
  const [x, y, width, height] = found as [number, number, number, number];
  const [left, top, across, down] = truth as [number, number, number, number];
  const w = Math.min(x + width, left + across) - Math.max(x, left);
  const h = Math.min(y + height, top + down) - Math.max(y, top);
  if (w <= 0 || h <= 0) return 0;
  const both = w * h;
  return both / (crowd ? width * height : width * height + across * down - both);
}
