/** Labels, guesses and scores in no order, the same in the peers; nothing else is left in memory. */
export function samplesOf({ n, classes }: { n: number; classes: number }) {
  const sick = new Int32Array(n);
  const label = new Int32Array(n);
  const guess = new Int32Array(n);
  const score = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const mixed = Math.imul(i, 2654435761) >>> 0;
    const again = Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 0;
    sick[i] = (mixed >>> 8) % 2;
    label[i] = (mixed >>> 8) % classes;
    guess[i] = (again >>> 8) % classes;
    score[i] = again / 2 ** 32;
  }
  return { sick, label, guess, score };
}

export type Samples = ReturnType<typeof samplesOf>;
