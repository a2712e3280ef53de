import { readIdx } from '@tenonjs/datasets';
import { SHADES } from '../handwriting';
import handwriting from '../handwriting.idx.gz?url';

/** Handwritten digits, 200 of each kind, [2000, 28, 28], 0 … 1: from the test images of MNIST (LeCun, Cortes, Burges). */
export async function readHandwriting(): Promise<Float32Array<ArrayBuffer>> {
  const bytes = await (await fetch(handwriting)).arrayBuffer();
  const { data } = await readIdx(bytes);
  return Float32Array.from(data, (shade) => shade / (SHADES - 1));
}
