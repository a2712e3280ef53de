import { SIDE } from '../shapes/backdrop';
import type { Picture } from './subject';

/** Twice the network's own size: for what needs more of a picture. */
const LARGE_SIDE = 2 * SIDE;

/**
 * The square in the middle of an image file, as the network gets it and larger.
 *
 * @throws TypeError when the browser finds no picture in it.
 */
export async function readPicture(file: Blob): Promise<{ pixels: Float32Array; large: Picture }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new TypeError('this browser finds no picture in it');
  }
  try {
    return { pixels: square(bitmap, SIDE), large: { pixels: square(bitmap, LARGE_SIDE), side: LARGE_SIDE } };
  } finally {
    bitmap.close();
  }
}

function square(bitmap: ImageBitmap, side: number): Float32Array {
  const context = new OffscreenCanvas(side, side).getContext('2d');
  if (context === null) throw new Error('readPicture: this browser gives no 2d context for a canvas');
  const shorter = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - shorter) / 2, (bitmap.height - shorter) / 2];
  context.imageSmoothingQuality = 'high';
  context.fillStyle = 'white'; // behind what is transparent
  context.fillRect(0, 0, side, side);
  context.drawImage(bitmap, left, top, shorter, shorter, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  return Float32Array.from(
    { length: side * side * 3 },
    (_, i) => (data[4 * Math.floor(i / 3) + (i % 3)] as number) / 255,
  );
}
