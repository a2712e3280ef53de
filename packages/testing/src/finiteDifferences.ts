/** An array in float64. */
export interface Numbers {
  shape: readonly number[];
  values: Float64Array;
}

/** Arrays by name. */
export type Values = Readonly<Record<string, Numbers>>;

/** A function of arrays, in float64. */
export type Reference = (inputs: Values) => Record<string, ArrayLike<number>>;

/** Weights of a weighted sum: no two alike, so that no gradient is hidden by symmetry. */
export const weights = (size: number): number[] =>
  Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.sin(2.7 * i + 1));

/** Σ of all outputs, each number with its weight. */
function weightedSum(outputs: Record<string, ArrayLike<number>>, floats: readonly string[]): number {
  let sum = 0;
  for (const name of floats) {
    const output = outputs[name] as ArrayLike<number>;
    const w = weights(output.length);
    for (let i = 0; i < output.length; i++) sum += (w[i] as number) * (output[i] as number);
  }
  return sum;
}

/** The inputs moved: by `step` along all directions, and by `nudge` in one number. */
function moved(
  inputs: Values,
  names: readonly string[],
  step: number,
  at?: { name: string; i: number; nudge: number },
) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => {
      const next = Float64Array.from(values);
      if (names.includes(name)) {
        for (const [i, u] of weights(next.length).entries()) next[i] = (next[i] as number) + step * u;
      }
      if (at?.name === name) next[at.i] = (next[at.i] as number) + at.nudge;
      return [name, { shape, values: next }];
    }),
  );
}

/** The gradient of the weighted sum of a function's outputs, by central differences: right to about 1e-8; NaN where it was not probed. */
export function gradientOf(
  f: Reference,
  inputs: Values,
  names: readonly string[],
  h = 1e-4,
): Record<string, Float64Array> {
  return differences(inputs, names, (name, i) => {
    const shifted = (nudge: number) => total(f, moved(inputs, names, 0, { name, i, nudge }));
    return (shifted(h) - shifted(-h)) / (2 * h);
  });
}

/** The gradient of Σ u · gradient, u the weights of each input. */
export function secondGradientOf(
  f: Reference,
  inputs: Values,
  names: readonly string[],
  h = 1e-3,
): Record<string, Float64Array> {
  return differences(inputs, names, (name, i) => {
    const shifted = (nudge: number, step: number) => total(f, moved(inputs, names, step, { name, i, nudge }));
    return (shifted(h, h) - shifted(h, -h) - shifted(-h, h) + shifted(-h, -h)) / (4 * h * h);
  });
}

const total = (f: Reference, inputs: Values): number => {
  const outputs = f(inputs);
  return weightedSum(outputs, Object.keys(outputs));
};

/** So many numbers of an input are nudged; of a larger one the others are left out, as NaN. */
const MOST_PROBES = 24;

function differences(inputs: Values, names: readonly string[], slope: (name: string, i: number) => number) {
  return Object.fromEntries(
    names
      .filter((name) => name in inputs)
      .map((name) => {
        const { values } = inputs[name] as Numbers;
        const stride = Math.ceil(values.length / MOST_PROBES);
        const isProbed = (i: number) => i % stride === 0 || i === values.length - 1;
        return [name, values.map((_, i) => (isProbed(i) ? slope(name, i) : Number.NaN))];
      }),
  );
}
