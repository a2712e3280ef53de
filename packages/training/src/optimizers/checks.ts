/** Complains unless a number lies in [from, to). */
export function checkShare(optimizer: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new RangeError(`${optimizer}: ${name} must be in [0, 1), got ${value}`);
}

export function checkPositive(optimizer: string, name: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${optimizer}: ${name} must be positive, got ${value}`);
}

export function checkNotNegative(optimizer: string, name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${optimizer}: ${name} must not be negative, got ${value}`);
  }
}
