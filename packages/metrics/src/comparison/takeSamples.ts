import { isMatrix, type Matrix } from '../arguments/matrix';

/** What a metric takes of N samples: a column of numbers or labels, or a matrix. */
export type Samples = ArrayLike<number> | ArrayLike<string> | Matrix;

/** How many samples there are. */
export function countSamples(values: Samples): number {
  return 'rows' in values ? values.rows : values.length;
}

/** The samples at the places given, in their order. */
export function takeSamples<Values extends Samples>(values: Values, places: Uint32Array): Values {
  return take(values, places) as Values;
}

function take(values: Samples, places: Uint32Array): Samples {
  if (isMatrix(values) && 'rows' in values) {
    const { data, columns } = values;
    const rows = Array.from(places, (i) => Array.from({ length: columns }, (_, j) => data[i * columns + j] as number));
    return { data: Float64Array.from(rows.flat()), rows: places.length, columns };
  }
  return Array.from(places, (i) => (values as ArrayLike<unknown>)[i]) as unknown as Samples;
}
