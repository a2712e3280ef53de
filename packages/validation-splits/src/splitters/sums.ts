/** The sum of some numbers in the order in which NumPy adds the numbers of a row: by eights, halving what is long. */
export function pairwiseSum(numbers: Float64Array): number {
  const n = numbers.length;
  if (n > 128) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return pairwiseSum(numbers.subarray(0, half)) + pairwiseSum(numbers.subarray(half));
  }
  const eights = n - (n % 8);
  let sum = 0;
  if (eights > 0) {
    const r = numbers.slice(0, 8);
    for (let i = 8; i < eights; i++) r[i % 8] = (r[i % 8] as number) + (numbers[i] as number);
    const [a, b, c, d, e, f, g, h] = r as unknown as [number, number, number, number, number, number, number, number];
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (let i = eights; i < n; i++) sum += numbers[i] as number;
  return sum;
}

/** The standard deviation, `√(Σ (x − mean)² / n)`. */
export function deviation(numbers: Float64Array): number {
  const mean = pairwiseSum(numbers) / numbers.length;
  return Math.sqrt(pairwiseSum(numbers.map((x) => (x - mean) * (x - mean))) / numbers.length);
}
