import { describe } from '../arguments/describe';

/** What a score must keep to be good enough. */
export interface Constraint {
  /** As it reads in a message: `at least 50`. */
  rule: string;
  holds(value: number): boolean;
}

/** At least so much. */
export function min(bound: number): Constraint {
  return { rule: `at least ${bound}`, holds: (value) => value >= bound };
}

/** At most so much. */
export function max(bound: number): Constraint {
  return { rule: `at most ${bound}`, holds: (value) => value <= bound };
}

export interface SelectOptions<Name extends string> {
  /** The score that shall be as large as it can be, or as small. */
  optimize: Name | { minimize: Name };
  /** What the others need only keep. */
  satisfice?: Partial<Record<Name, Constraint>>;
}

export interface Selection<Candidate> {
  /** The best of those that keep everything; undefined if none does. */
  best: Candidate | undefined;
  /** Those that keep everything, the best first. */
  ranked: Candidate[];
  /** The others, and what they break. */
  rejected: { candidate: Candidate; broken: string[] }[];
}

type ScoreName<Candidate> = {
  [Name in keyof Candidate]: Candidate[Name] extends number ? Name : never;
}[keyof Candidate] &
  string;

/**
 * The model that is best by one score among those that are good enough by the others.
 *
 * @param candidates - the scores of each model; other fields are carried along.
 * @returns all of them, in order or with what they break; equal ones stay in the order in which they came.
 * @throws TypeError if a score that is asked for is not a number.
 */
export function selectModel<Candidate extends object>(
  candidates: readonly Candidate[],
  { optimize, satisfice = {} }: SelectOptions<ScoreName<Candidate>>,
): Selection<Candidate> {
  const name = typeof optimize === 'string' ? optimize : optimize.minimize;
  const sign = typeof optimize === 'string' ? -1 : 1;
  const constraints = Object.entries(satisfice) as [ScoreName<Candidate>, Constraint][];
  const score = (candidate: Candidate, of: ScoreName<Candidate>): number => {
    const value: unknown = candidate[of];
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    const place = candidates.indexOf(candidate);
    throw new TypeError(`selectModel: candidates[${place}].${of} must be a number, got ${describe(value)}`);
  };
  const judged = candidates.map((candidate) => ({
    candidate,
    value: score(candidate, name),
    broken: constraints
      .filter(([of, { holds }]) => !holds(score(candidate, of)))
      .map(([of, { rule }]) => `${of} must be ${rule}, got ${score(candidate, of)}`),
  }));
  const ranked = judged
    .filter(({ broken }) => broken.length === 0)
    .sort((a, b) => sign * (a.value - b.value))
    .map(({ candidate }) => candidate);
  const rejected = judged
    .filter(({ broken }) => broken.length > 0)
    .map(({ candidate, broken }) => ({ candidate, broken }));
  return { best: ranked[0], ranked, rejected };
}
