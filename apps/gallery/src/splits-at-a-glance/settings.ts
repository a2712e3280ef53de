import { SAMPLES } from './sampleCount';
import { type SplitterName, type SplitterSettings, splitterNames } from './splitters';

export const orders = ['sorted', 'mixed'] as const;

/** Everything that decides what a visitor sees. */
export interface Settings extends SplitterSettings {
  splitter: SplitterName;
  /** Whether the classes stand one after another. */
  order: (typeof orders)[number];
  /** How many samples each class has. */
  classes: number[];
  /** How many samples each group has. */
  groups: number[];
}

export const defaults: Settings = {
  splitter: 'KFold',
  nSplits: 5,
  shuffle: false,
  testShare: 25,
  gap: 0,
  seed: 1,
  order: 'mixed',
  classes: [36, 16, 8],
  groups: [15, 13, 11, 9, 7, 5],
};

/** What whole numbers may be. */
export const bounds = {
  nSplits: { from: 2, to: 12 },
  testShare: { from: 5, to: 60 },
  gap: { from: 0, to: 8 },
  seed: { from: 0, to: 999 },
} as const;

const names = Object.keys(defaults) as (keyof Settings)[];

/** The settings as the query of an address. */
export function toQuery(settings: Settings): string {
  const words = names.map((name) => {
    const value = settings[name];
    return [name, Array.isArray(value) ? value.join('-') : String(value)];
  });
  return new URLSearchParams(words).toString();
}

/** Reads settings from the query of an address; what cannot be used stands in `refused`. */
export function fromQuery(query: string): { settings: Settings; refused: string[] } {
  const given = new URLSearchParams(query);
  const settings = { ...defaults } as Record<keyof Settings, unknown>;
  const refused: string[] = [];
  for (const name of names) {
    const text = given.get(name);
    if (text === null) continue;
    const value = accepted(name, text);
    if (value === undefined) refused.push(`${name}=${text}`);
    else settings[name] = value;
  }
  return { settings: settings as unknown as Settings, refused };
}

function accepted(name: keyof Settings, text: string): unknown {
  if (name === 'splitter') return splitterNames.find((one) => one === text);
  if (name === 'order') return orders.find((one) => one === text);
  if (name === 'shuffle') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (name === 'classes' || name === 'groups') return sizes(text, defaults[name].length);
  const { from, to } = bounds[name];
  return /^\d{1,3}$/.test(text) && +text >= from && +text <= to ? +text : undefined;
}

/** Sizes of at least 1 that take all samples. */
function sizes(text: string, count: number): number[] | undefined {
  const numbers = text.split('-').map(Number);
  const fit = numbers.length === count && numbers.every((size) => Number.isInteger(size) && size >= 1);
  return fit && numbers.reduce((sum, size) => sum + size, 0) === SAMPLES ? numbers : undefined;
}
