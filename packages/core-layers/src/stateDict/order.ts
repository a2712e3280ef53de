/** How the numbers of a kernel lie: in PyTorch [outputs, inputs, places of the window], in tfjs [places, inputs, outputs]. */
export interface Order {
  outputs: number;
  inputs: number;
  places: number;
}

/** Numbers from PyTorch's order to tfjs's. */
export const fromTorch = (data: Float32Array, { outputs, inputs, places }: Order): Float32Array =>
  reversed(data, outputs, inputs, places);

/** Numbers from tfjs's order to PyTorch's. */
export const toTorch = (data: Float32Array, { outputs, inputs, places }: Order): Float32Array =>
  reversed(data, places, inputs, outputs);

/** So many outermost numbers go together that each line of the cache that is read is read to its end. */
const TILE = 16;

/** [A, B, C] → [C, B, A]. */
function reversed(data: Float32Array, a: number, b: number, c: number): Float32Array {
  if (a === 1 && b === 1) return data.slice();
  const result = new Float32Array(data.length);
  for (let start = 0; start < a; start += TILE) {
    const end = Math.min(start + TILE, a);
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        for (let i = start; i < end; i++) {
          result[(k * b + j) * a + i] = data[(i * b + j) * c + k] as number;
        }
      }
    }
  }
  return result;
}
