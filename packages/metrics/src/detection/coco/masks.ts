import type { JsonItem } from './jsonItem';
import type { Kind } from './kind';
import { outline } from './outline';
import { countsOf } from './runLengths';

/**
 * A set of pixels, counted down the columns from the upper left: those from each even boundary up to the next odd one,
 * the boundaries ascending.
 */
interface Mask {
  boundaries: number[];
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
    const both = common(found.boundaries, truth.boundaries);
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
  if (!Array.isArray(segmentation)) {
    const boundaries: number[] = [];
    let at = 0;
    for (const count of countsOf(item, segmentation as Record<string, unknown>, height, width)) {
      at += count;
      boundaries.push(at);
    }
    return mask(boundaries, at);
  }
  if (segmentation.length === 0) item.fail(RangeError, path, 'at least one polygon', segmentation);
  const parts = segmentation.map((polygon, i) => {
    const xy = item.numbers(`${path}[${i}]`, polygon);
    if (xy.length < 6 || xy.length % 2) item.fail(RangeError, `${path}[${i}]`, 'x and y of three points or more', xy);
    return mask(outline(xy, height, width), height * width);
  });
  return parts.length === 1 ? (parts[0] as Mask) : union(parts);
}

function corners(box: number[]): number[] {
  const [x, y, width, height] = box as [number, number, number, number];
  return [x, y, x, y + height, x + width, y + height, x + width, y];
}

/** A last run that nothing ends goes to the image's end. */
function mask(boundaries: number[], pixels: number): Mask {
  if (boundaries.length % 2) boundaries.push(pixels);
  let area = 0;
  for (let i = 0; i < boundaries.length; i += 2) area += (boundaries[i + 1] as number) - (boundaries[i] as number);
  return { boundaries, area };
}

function union(parts: Mask[]): Mask {
  const runs = parts.flatMap(({ boundaries }) => pairs(boundaries)).sort(([a], [b]) => a - b);
  const boundaries: number[] = [];
  let end = -1;
  for (const [from, to] of runs) {
    if (from > end) boundaries.push(from, to);
    else boundaries[boundaries.length - 1] = Math.max(end, to);
    end = Math.max(end, to);
  }
  return mask(boundaries, 0);
}

function pairs(boundaries: number[]): [number, number][] {
  return boundaries.flatMap((from, i) => (i % 2 ? [] : [[from, boundaries[i + 1] as number]]));
}

/** How many pixels two masks share. */
function common(a: number[], b: number[]): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [endA, endB] = [a[i + 1] as number, b[j + 1] as number];
    const run = Math.min(endA, endB) - Math.max(a[i] as number, b[j] as number);
    if (run > 0) shared += run;
    if (endA < endB) i += 2;
    else j += 2;
  }
  return shared;
}
