export interface TimingOptions {
  /** Rounds that are not counted. */
  warmUp?: number;
  /** Rounds that are, at most and at least. */
  rounds?: number;
  least?: number;
  /** After so many seconds no further round begins. */
  seconds?: number;
  /** Which of the times is kept, from 0 (the shortest) to 1. Default: 0.5, the median. */
  quantile?: number;
}

/**
 * The median time of each of several things that say themselves how many milliseconds they took. They take turns, so that whatever else the machine does
 * meets all of them alike, and their ratios mean something.
 */
export async function medianTimes(
  contenders: Record<string, () => Promise<number>>,
  { warmUp = 5, rounds = 60, least = 5, seconds = 20, quantile = 0.5 }: TimingOptions = {},
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let i = 0; i < warmUp; i++) for (const run of Object.values(contenders)) await run();
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= least && performance.now() - began > seconds * 1000) break;
    for (const [name, run] of Object.entries(contenders)) times[name]?.push(await run());
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, quantile === 0.5 ? median(list) : quantileOf(list, quantile)]),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return ((low as number) + (high as number)) / 2;
}

/** The value below which a share of all lies; one of them. */
export function quantileOf(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.round(share * (values.length - 1))] as number;
}
