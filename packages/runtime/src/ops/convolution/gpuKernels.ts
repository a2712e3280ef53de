import type { TensorSpec } from '../../tfjs/ops/tensorSpec';
import type { Pass, Passes } from '../../tfjs/webgpu/pass';
import { columnSums } from '../kernels/columnSums';
import { direct, directInputGradient, directKernelGradient, type Epilogue } from './direct';
import { gemm, partsOf } from './gemm';
import type { Geometry } from './geometry';
import { patches, plainRows, seenBy, turnedKernel, turnedPatches } from './operands';

const nothing: Epilogue = { result: 'value', reads: [] };

const isFours = (size: number) => size % 4 === 0;
const fours = (names: Record<string, boolean>) =>
  Object.fromEntries(Object.entries(names).flatMap(([name, is]) => (is ? [[name, 'vec4<f32>']] : [])));

/** Nothing is computed of an image without pixels. */
const isEmpty = (g: Geometry) => g.batch === 0;

/** y = what follows of conv(x, kernel): one dispatch. */
export function convolutionPass(g: Geometry, epilogue: Epilogue = nothing): Pass | undefined {
  if (isEmpty(g)) return undefined;
  if (g.groups > 1) return direct(g, epilogue);
  const { functions, result, reads, floats } = epilogue;
  const [a, b] = [isFours(g.inChannels), isFours(g.outChannels)];
  return gemm(
    {
      rows: g.batch * g.outHeight * g.outWidth,
      columns: g.outChannels,
      terms: g.filterHeight * g.filterWidth * g.inChannels,
      a: patches('x', a),
      b: plainRows('kernel', b),
      keep: `let i = row * params.columns + column;
        let c = column;
        y[i] = ${result};`,
    },
    {
      ...{ reads: ['x', 'kernel', ...reads], writes: ['y'], types: fours({ x: a, kernel: b }), integers: { ...g } },
      ...(functions !== undefined && { functions }),
      ...(floats && { floats }),
    },
  );
}

/** dx from dy: one dispatch. */
export function inputGradientPass(g: Geometry): Pass | undefined {
  if (isEmpty(g)) return undefined;
  if (g.groups > 1) return directInputGradient(g);
  const is = isFours(g.outChannels);
  return gemm(
    {
      rows: g.batch * g.inHeight * g.inWidth,
      columns: g.inChannels,
      terms: g.filterHeight * g.filterWidth * g.outChannels,
      a: seenBy('dy', is),
      b: turnedKernel('kernel', is),
      keep: 'dx[row * params.columns + column] = value;',
    },
    { reads: ['dy', 'kernel'], writes: ['dx'], types: fours({ dy: is, kernel: is }), integers: { ...g } },
  );
}

/** dKernel from x and dy: one dispatch, or two or three where the sum over all pixels is shared out. */
export function kernelGradientPasses(g: Geometry): Passes | undefined {
  if (isEmpty(g)) return undefined;
  if (g.groups > 1) return { passes: [directKernelGradient(g)] };
  const rows = g.filterHeight * g.filterWidth * g.inChannels;
  const columns = g.outChannels;
  const terms = g.batch * g.outHeight * g.outWidth;
  const parts = partsOf(rows, columns, terms);
  const [a, b] = [isFours(g.inChannels), isFours(g.outChannels)];
  const target = parts === 1 ? 'dKernel' : 'partial';
  const product = gemm(
    {
      ...{ rows, columns, terms, parts },
      a: turnedPatches('x', a),
      b: plainRows('dy', b),
      keep: `${target}[(part * params.rows + row) * params.columns + column] = value;`,
    },
    { reads: ['x', 'dy'], writes: [target], types: fours({ x: a, dy: b }), integers: { ...g } },
  );
  if (parts === 1) return { passes: [product] };
  const partial: TensorSpec = { shape: [parts, rows * columns], dtype: 'float32' };
  const sum = columnSums({
    rows: parts,
    columns: rows * columns,
    reads: ['partial'],
    sums: ['dKernel'],
    each: 'totals[0] += partial[i];',
  });
  return { passes: [product, ...sum.passes], scratch: { ...sum.scratch, partial } };
}
