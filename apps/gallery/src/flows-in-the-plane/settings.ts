import type { PlaneName } from '@tenonjs/datasets';
import { targetNames } from './targets';

export const flowNames = ['realNvp', 'nice', 'planar'] as const;
export type FlowName = (typeof flowNames)[number];

export const backendNames = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** Everything that decides what a visitor sees: the same settings give the same picture, step for step. */
export interface Settings {
  target: PlaneName;
  flow: FlowName;
  /** Layers of the flow. */
  depth: number;
  /** Units in each of the two hidden layers of a coupling's network; a planar flow has none. */
  width: number;
  learningRate: number;
  batchSize: number;
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = {
  target: 'twoMoons',
  flow: 'realNvp',
  depth: 8,
  width: 64,
  learningRate: 0.003,
  batchSize: 256,
  seed: 1,
  backend: 'webgpu',
};

/** What each setting may be: a list of choices, or a whole number between two bounds. */
export const allowed = {
  target: targetNames,
  flow: flowNames,
  depth: { from: 1, to: 24 },
  width: [8, 16, 32, 64, 128],
  learningRate: [0.0003, 0.001, 0.003, 0.01, 0.03],
  batchSize: [64, 128, 256, 512, 1024],
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} as const satisfies Record<keyof Settings, readonly (string | number)[] | { from: number; to: number }>;

export const settingNames = Object.keys(defaults) as (keyof Settings)[];

/** The settings as the query of an address, every one of them written out. */
export function toQuery(settings: Settings): string {
  return new URLSearchParams(settingNames.map((name) => [name, String(settings[name])])).toString();
}

/**
 * Reads settings from the query of an address. What is missing takes its default; what cannot be used does too, and
 * stands in `refused`, so that the page can say so.
 */
export function fromQuery(query: string): { settings: Settings; refused: string[] } {
  const given = new URLSearchParams(query);
  const settings: Record<string, string | number> = { ...defaults };
  const refused: string[] = [];
  for (const name of settingNames) {
    const text = given.get(name);
    if (text === null) continue;
    const value = accepted(name, text);
    if (value === undefined) refused.push(`${name}=${text}`);
    else settings[name] = value;
  }
  return { settings: settings as unknown as Settings, refused };
}

function accepted(name: keyof Settings, text: string): string | number | undefined {
  const rule: readonly (string | number)[] | { from: number; to: number } = allowed[name];
  if ('from' in rule) return /^\d{1,6}$/.test(text) && +text >= rule.from && +text <= rule.to ? +text : undefined;
  return rule.find((choice) => (typeof choice === 'number' ? text !== '' && +text === choice : text === choice));
}
