import digits from './digits.idx?url';
import { DIGITS, PIXELS } from './shape';

/**
 * The real digits that the pages show, [DIGITS, 28, 28], 0 … 255: from the test images of MNIST (LeCun, Cortes, Burges), which
 * are free to use; none of them was trained on.
 */
export async function readDigits(): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await fetch(digits)).arrayBuffer());
  return bytes.subarray(bytes.length - DIGITS * PIXELS); // after the header of the IDX format
}
