/** Log-scales stay within ± this: `log s = 7 tanh(raw / 7)`. A scale of e⁻⁷ is a ninth of a level of 256. */
export const BOUND = 7;

export interface Attributes {
  components: number;
  channels: number;
  levels: number;
}

/**
 * What a component has for C channels, in this order: its logit, C means, C raw log-scales, and how far each channel's mean
 * follows each channel before it, C (C − 1) / 2.
 */
export const numbersPerComponent = (channels: number): number => 1 + 2 * channels + (channels * (channels - 1)) / 2;
