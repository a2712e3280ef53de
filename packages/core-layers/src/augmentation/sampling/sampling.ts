/** What the kernels are told: the result's height and width, and what lies around. */
export interface Sampling {
  size: readonly [number, number];
  fill: number;
}
