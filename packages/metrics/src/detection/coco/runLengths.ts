import type { JsonItem } from './jsonItem';

/**
 * Reads COCO's run lengths: pixels off, on, off, on, …, down the columns from the upper left. A string holds them five
 * bits a character from '0' on, the sixth saying that more follow, lowest first, in two's complement; from the fourth
 * on each is the difference to the one before the last.
 *
 * @param rle - `segmentation` of the item: `size`, [height, width] of the image, and `counts`.
 * @throws TypeError or RangeError when the sizes differ, a count is negative, or they do not fill the image.
 */
export function countsOf(item: JsonItem, rle: Record<string, unknown>, height: number, width: number): number[] {
  const path = '.segmentation';
  const size = item.numbers(`${path}.size`, rle.size, 2);
  if (size[0] !== height || size[1] !== width) {
    item.fail(RangeError, `${path}.size`, `[${height}, ${width}], which is the image's`, `[${size.join(', ')}]`);
  }
  const text = typeof rle.counts === 'string';
  const counts = text ? decompressed(item, rle.counts as string) : rle.counts;
  const total = item.numbers(`${path}.counts`, counts, undefined, 0).reduce((sum, count) => sum + count, 0);
  if (total !== height * width) {
    item.fail(RangeError, `${path}.counts`, `runs of ${height * width} pixels together`, total);
  }
  return counts as number[];
}

function decompressed(item: JsonItem, text: string): number[] {
  const counts: number[] = [];
  let [value, shift] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const bits = text.charCodeAt(i) - 48;
    if (bits < 0 || bits > 63) item.fail(RangeError, `.segmentation.counts[${i}]`, 'a character from 0 to o', text[i]);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    if (bits & 16) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + (counts[counts.length - 2] as number) : value);
    [value, shift] = [0, 0];
  }
  if (shift) item.fail(RangeError, '.segmentation.counts', 'whole, but its last count goes on', text.slice(-8));
  return counts;
}
