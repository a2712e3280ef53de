/** What the page says of a density. */
interface Target {
  label: string;
  words: string;
  /** The picture shows [−half, half]². */
  half: number;
}

/** The densities to walk on, in the order in which they are offered; `engine/densities.ts` has their formulas. */
export const targets = {
  ridge: {
    label: 'Ridge',
    words: 'Two normal numbers of correlation 0.95: steps along an axis soon leave it.',
    half: 4,
  },
  banana: {
    label: 'Banana',
    words: 'A normal number, and another along its parabola: narrow, and bent.',
    half: 5,
  },
  ring: {
    label: 'Ring',
    words: 'All directions alike, at a distance of about 2.5 from the middle.',
    half: 4,
  },
  islands: {
    label: 'Three islands',
    words: 'Three hills with little between them: a chain that has found one may never learn of the others.',
    half: 5,
  },
  funnel: {
    label: 'Funnel',
    words: 'One number decides how widely the other spreads: no step suits both ends.',
    half: 6,
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
export const targetNames = Object.keys(targets) as TargetName[];
