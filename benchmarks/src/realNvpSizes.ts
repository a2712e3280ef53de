/** A RealNVP and a batch for it. */
export interface Size {
  dim: number;
  layers: number;
  hidden: number[];
  batchSize: number;
}

/** One where calls weigh most, and one where products do. */
export const sizes: Record<string, Size> = {
  plane: { dim: 2, layers: 8, hidden: [64, 64], batchSize: 256 },
  images: { dim: 784, layers: 4, hidden: [256, 256], batchSize: 64 },
};
