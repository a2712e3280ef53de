/** The shape of an image: [height, width, channels]. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** @throws RangeError when the shape is not that of an image, or smaller than the mask needs. */
export function checkImageShape(caller: string, shape: readonly number[], least: ImageShape): void {
  if (shape.length !== 3 || shape.some((size, i) => !Number.isInteger(size) || size < (least[i] as number))) {
    throw new RangeError(
      `${caller}: shape must be [height, width, channels] of at least [${least.join(', ')}], got [${shape.join(', ')}]`,
    );
  }
}
