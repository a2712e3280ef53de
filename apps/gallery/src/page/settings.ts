import type { Writing } from './address';

/** What a setting may be: one of a list, a whole number between two bounds, or whatever can be read from its text. */
export type Rule<Value> =
  | readonly Value[]
  | { from: number; to: number }
  | { read(text: string): Value | undefined; write(value: Value): string };

export type Rules<Settings> = { readonly [Name in keyof Settings]: Rule<Settings[Name]> };

/**
 * How settings are written into an address: every one of them, so that a shared address outlives a change of the usual
 * ones. What is missing takes its default; what cannot be used does too, and stands in `refused`.
 */
export function writingOf<Settings extends object>(defaults: Settings, rules: Rules<Settings>): Writing<Settings> {
  const names = Object.keys(defaults) as (keyof Settings & string)[];
  return {
    toQuery(settings) {
      return new URLSearchParams(names.map((name) => [name, written(rules[name], settings[name])])).toString();
    },
    fromQuery(query) {
      const given = new URLSearchParams(query);
      const settings = { ...defaults };
      const refused: string[] = [];
      for (const name of names) {
        const text = given.get(name);
        if (text === null) continue;
        const value = accepted(rules[name], text);
        if (value === undefined) refused.push(`${name}=${text}`);
        else settings[name] = value;
      }
      return { settings, refused };
    },
  };
}

const written = <Value>(rule: Rule<Value>, value: Value): string =>
  'write' in rule ? rule.write(value) : String(value);

function accepted<Value>(rule: Rule<Value>, text: string): Value | undefined {
  if ('read' in rule) return rule.read(text);
  if ('from' in rule) {
    const fits = /^\d{1,6}$/.test(text) && +text >= rule.from && +text <= rule.to;
    return fits ? (Number(text) as Value) : undefined;
  }
  return rule.find((choice) =>
    typeof choice === 'number' ? text !== '' && +text === choice : text === String(choice),
  );
}
