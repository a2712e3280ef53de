/** How much finer than pixels a polygon's sides are walked. */
const FINENESS = 5;

/**
 * Where the pixels of a polygon begin and end, counted down the columns from the upper left, ascending: inside begins
 * at the first boundary and ends at the second, and so on. These are COCO's masks to the pixel: its sides are walked on
 * a grid five times as fine, and a column is crossed where the walk passes its middle.
 *
 * Reference: cocoapi, `rleFrPoly` of maskApi.c.
 *
 * @param xy - x₁, y₁, x₂, y₂, …
 */
export function outline(xy: readonly number[], height: number, width: number): number[] {
  const fine = xy.map((value) => Math.trunc(FINENESS * value + 0.5));
  const crossings: number[] = [];
  let lastX = Number.NaN;
  let lastY = 0;
  for (let i = 0; i < fine.length; i += 2) {
    const [x, y] = [fine[i] as number, fine[i + 1] as number];
    const [nextX, nextY] = [fine[(i + 2) % fine.length] as number, fine[(i + 3) % fine.length] as number];
    const [across, down] = [Math.abs(nextX - x), Math.abs(nextY - y)];
    const steps = Math.max(across, down);
    // The walk always rounds as from the left, or from above where it is steep, so that neighbours share their side.
    const back = across >= down ? x > nextX : y > nextY;
    const [fromX, fromY, toX, toY] = back ? [nextX, nextY, x, y] : [x, y, nextX, nextY];
    const slope = steps && (across >= down ? toY - fromY : toX - fromX) / steps;
    for (let step = 0; step <= steps; step++) {
      const t = back ? steps - step : step;
      const atX = across >= down ? fromX + t : Math.trunc(fromX + slope * t + 0.5);
      const atY = across >= down ? Math.trunc(fromY + slope * t + 0.5) : fromY + t;
      if (atX !== lastX && !Number.isNaN(lastX)) {
        const column = ((atX < lastX ? atX : atX - 1) + 0.5) / FINENESS - 0.5;
        if (Number.isInteger(column) && column >= 0 && column < width) {
          const row = (Math.min(atY, lastY) + 0.5) / FINENESS - 0.5;
          crossings.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)));
        }
      }
      lastX = atX;
      lastY = atY;
    }
  }
  return crossings.sort((a, b) => a - b);
}
