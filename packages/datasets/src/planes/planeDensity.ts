import type { Random } from '@tenonjs/runtime';

/** A density over the plane that can be drawn from, and whose entropy is known. */
export interface PlaneDensity {
  /** One point. */
  draw(random: Random): [number, number];
  /** The differential entropy −∫ p ln p, in nats. */
  readonly entropy: number;
}

/** The entropy of a normal number, in nats: `½ ln 2πe + ln std`. */
export const normalEntropy = (std: number): number => 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(std);
