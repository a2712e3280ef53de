import type { JsonItem } from './jsonItem';

/**
 * Reads COCO's run lengths: pixels off, on, off, on, …, down the columns from the upper left. A string holds them five
 * bits a character from '0' on, the sixth saying that more follow, lowest first, in two's complement; from the fourth
 * on each is the difference to the one before the last.
 *
 * @returns where pixels on begin and end, in turn; a last beginning is the image's end.
 * @param rle - `segmentation` of the item: `size`, [height, width] of the image, and `counts`.
 * @throws TypeError or RangeError when the sizes differ, a count is negative, or they do not fill the image.
 */
export function boundariesOf(item: JsonItem, rle: Record<string, unknown>, height: number, width: number): number[] {
  const path = '.segmentation';
  const size = item.numbers(`${path}.size`, rle.size, 2);
  if (size[0] !== height || size[1] !== width) {
    item.fail(RangeError, `${path}.size`, `[${height}, ${width}], which is the image's`, `[${size.join(', ')}]`);
  }
  const counts = typeof rle.counts === 'string' ? decompressed(item, rle.counts) : rle.counts;
  let end = 0;
  const boundaries = item.numbers(`${path}.counts`, counts, undefined, 0).map((count) => {
    end += count;
    return end;
  });
  if (end !== height * width) item.fail(RangeError, `${path}.counts`, `runs of ${height * width} pixels together`, end);
  return boundaries;
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
