import type { JsonItem } from './jsonItem';
import type { Kind } from './kind';
import { outline } from './outline';
import { boundariesOf } from './runLengths';

/** A set of pixels, counted down the columns from the upper left: runs of them, ascending and apart. */
interface Mask {
  runs: [from: number, to: number][];
  area: number;
}

/** Pixels, given by polygons or by runs. A detection without either is its rectangle. */
export const masks: Kind<Mask, Mask> = {
  truth: read,
  found(detection, image) {
    const region = read(detection, image);
    if (detection.get('bbox') === undefined) return { region, area: region.area };
    const [, , width, height] = detection.box() as [number, number, number, number];
    return { region, area: width * height };
  },
  overlap(found, truth, crowd) {
    const both = common(found.runs, truth.runs);
    return both && both / (crowd ? found.area : found.area + truth.area - both);
  },
};

function read(item: JsonItem, image: JsonItem): Mask {
  const [height, width] = [image.number('height', 1), image.number('width', 1)];
  const path = '.segmentation';
  const segmentation = item.get('segmentation') ?? (item.get('bbox') === undefined ? undefined : [corners(item.box())]);
  if (typeof segmentation !== 'object' || segmentation === null) {
    item.fail(TypeError, path, 'polygons or run lengths', segmentation);
  }
  const pixels = height * width;
  if (!Array.isArray(segmentation)) {
    return union(runsBetween(boundariesOf(item, segmentation as Record<string, unknown>, height, width), pixels));
  }
  if (segmentation.length === 0) item.fail(RangeError, path, 'at least one polygon', segmentation);
  const parts = segmentation.flatMap((polygon, i) => {
    const xy = item.numbers(`${path}[${i}]`, polygon);
    if (xy.length < 6 || xy.length % 2) item.fail(RangeError, `${path}[${i}]`, 'x and y of three points or more', xy);
    return runsBetween(outline(xy, height, width), pixels);
  });
  return union(parts);
}

function corners(box: number[]): number[] {
  const [x, y, width, height] = box as [number, number, number, number];
  return [x, y, x, y + height, x + width, y + height, x + width, y];
}

/** Boundaries in turn begin and end a run; one that nothing ends goes on to the image's end. */
function runsBetween(boundaries: number[], pixels: number): Mask['runs'] {
  return boundaries.flatMap((from, i) => (i % 2 ? [] : [[from, boundaries[i + 1] ?? pixels]]));
}

/** The mask of runs in any order, which may overlap. */
function union(parts: Mask['runs']): Mask {
  const runs: Mask['runs'] = [];
  let [area, end] = [0, 0];
  for (const [from, to] of parts.sort(([a], [b]) => a - b)) {
    const start = Math.max(from, end);
    if (to <= start) continue;
    runs.push([start, to]);
    area += to - start;
    end = to;
  }
  return { runs, area };
}

/** How many pixels two masks share. */
function common(a: Mask['runs'], b: Mask['runs']): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [[fromA, toA], [fromB, toB]] = [a[i], b[j]] as [Mask['runs'][0], Mask['runs'][0]];
    shared += Math.max(0, Math.min(toA, toB) - Math.max(fromA, fromB));
    if (toA < toB) i++;
    else j++;
  }
  return shared;
}
