/** Every choice of p of the numbers below n, ascending, in lexicographic order. */
export function* combinations(n: number, p: number): Generator<Uint32Array> {
  const chosen = Uint32Array.from({ length: p }, (_, i) => i);
  for (;;) {
    yield chosen.slice();
    let last = p - 1;
    while (last >= 0 && chosen[last] === n - p + last) last--;
    if (last < 0) return;
    const next = (chosen[last] as number) + 1;
    for (let i = last; i < p; i++) chosen[i] = next + i - last;
  }
}
