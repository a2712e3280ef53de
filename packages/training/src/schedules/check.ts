/** Complains unless a count of steps is a positive integer. */
export function checkSteps(schedule: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${schedule}: ${name} must be a positive integer, got ${value}`);
  }
}

/** Complains unless a rate or a factor is a number that is not negative. */
export function checkRate(schedule: string, name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${schedule}: ${name} must be a non-negative number, got ${value}`);
  }
}
