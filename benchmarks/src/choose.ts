import type { Benchmark } from './benchmark.ts';

/** Benchmarks by name; those of one kind are parts under the kind's name. */
export type Benchmarks = Record<string, Benchmark | Record<string, Benchmark>>;

/**
 * What `pnpm bench WORDS` means: `runtime` is one benchmark, `quality` all its parts, `quality flows` one of them; no word
 * is everything.
 *
 * @param words - names, each that has parts followed by those wanted; words that begin with `--` are passed over.
 * @returns the benchmarks in the order of the list, a part under the name `kind/part`; and the words that name nothing.
 */
export function choose(benchmarks: Benchmarks, words: string[]) {
  const all = Object.entries(benchmarks).flatMap(([name, one]): [string, Benchmark][] =>
    isOne(one) ? [[name, one]] : Object.entries(one).map(([part, benchmark]) => [`${name}/${part}`, benchmark]),
  );
  const [wanted, unknown] = [new Set<string>(), [] as string[]];
  let kind = '';
  for (const word of words.filter((word) => !word.startsWith('--'))) {
    const part = `${kind}/${word}`;
    if (all.some(([name]) => name === part)) {
      wanted.delete(kind);
      wanted.add(part);
    } else if (Object.hasOwn(benchmarks, word)) {
      kind = word;
      wanted.add(word);
    } else unknown.push(word);
  }
  const chosen = all.filter(([name]) => wanted.has(name) || wanted.has(name.split('/')[0] as string));
  return { chosen: wanted.size + unknown.length > 0 ? chosen : all, unknown };
}

const isOne = (one: Benchmark | Record<string, Benchmark>): one is Benchmark => typeof one.run === 'function';
