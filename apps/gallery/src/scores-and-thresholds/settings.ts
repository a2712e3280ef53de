import { type ModelName, modelNames } from './models';

/** Everything that decides what a visitor sees. */
export interface Settings {
  model: ModelName;
  /** In thousandths. */
  threshold: number;
}

export const defaults: Settings = { model: 'texture', threshold: 500 };

export const toQuery = ({ model, threshold }: Settings): string =>
  new URLSearchParams({ model, threshold: String(threshold) }).toString();

/** Reads settings from the query of an address; what cannot be used stands in `refused`. */
export function fromQuery(query: string): { settings: Settings; refused: string[] } {
  const given = new URLSearchParams(query);
  const [model, threshold] = [given.get('model'), given.get('threshold')];
  const settings = { ...defaults };
  const refused: string[] = [];
  const known = modelNames.find((name) => name === model);
  if (known !== undefined) settings.model = known;
  else if (model !== null) refused.push(`model=${model}`);
  if (threshold !== null && /^\d{1,4}$/.test(threshold) && +threshold <= 1000) settings.threshold = +threshold;
  else if (threshold !== null) refused.push(`threshold=${threshold}`);
  return { settings, refused };
}
