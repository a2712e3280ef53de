/** Shape and type of a tensor. */
export interface TensorSpec {
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
}

/** How many numbers a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
