/** A table in one array, row after row. */
export interface Matrix {
  data: ArrayLike<unknown>;
  rows: number;
  columns: number;
}

/**
 * Some samples of an array, a typed array or a matrix, as one of the same kind.
 *
 * @throws TypeError for anything else.
 */
export function takeSamples<X>(samples: X, chosen: Uint32Array): X {
  if (isMatrix(samples)) {
    const { data, columns } = samples;
    const places = new Uint32Array(chosen.length * columns).map(
      (_, i) => (chosen[Math.floor(i / columns)] as number) * columns + (i % columns),
    );
    return { ...samples, data: takeSamples(data, places), rows: chosen.length };
  }
  if (Array.isArray(samples)) return Array.from(chosen, (i) => samples[i]) as X;
  if (ArrayBuffer.isView(samples) && 'length' in samples) {
    const values = samples as unknown as Float64Array;
    const taken = new (values.constructor as Float64ArrayConstructor)(chosen.length);
    for (let i = 0; i < chosen.length; i++) taken[i] = values[chosen[i] as number] as number;
    return taken as X;
  }
  const hint = 'give data.take for others, for tensors takeRows of @tenonjs/validation-splits/tensor';
  throw new TypeError(`takeSamples: samples must be an array, a typed array or { data, rows, columns }; ${hint}`);
}

const isMatrix = (samples: unknown): samples is Matrix =>
  typeof samples === 'object' && samples !== null && 'data' in samples && 'rows' in samples && 'columns' in samples;

/** How many samples there are; undefined where only their owner knows. */
export function sampleCount(samples: unknown): number | undefined {
  if (isMatrix(samples)) return samples.rows;
  return Array.isArray(samples) || ArrayBuffer.isView(samples) ? (samples as unknown as unknown[]).length : undefined;
}
