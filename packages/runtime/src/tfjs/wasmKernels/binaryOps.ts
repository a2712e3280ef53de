import { type Kernel, replaceKernel } from './replaceKernel';
import { binaryKinds, simd } from './simd';
import { pointerTo, type Value } from './wasmBackend';

/**
 * Sums, differences, products and quotients of tensors of one shape, or where one repeats: a number for all, a row for all
 * rows, a number for each row. For what repeats the backend works out each number's place by itself; optimizers, biases and
 * norms are full of it.
 */
export function quickenBinaryOps(): void {
  for (const [name, kind] of Object.entries(binaryKinds)) {
    replaceKernel<object>(
      name,
      (old): Kernel<object> =>
        (call) => {
          const { a, b } = call.inputs as { a: Value; b: Value };
          const loops = simd(call.backend);
          const walk = loops && a.dtype === 'float32' && b.dtype === 'float32' && walkOver(a.shape, b.shape);
          if (!walk || walk.rows * walk.columns === 0) return old(call);
          const { backend } = call;
          const out = backend.makeOutput(walk.shape, 'float32');
          const [left, right, to] = [pointerTo(backend, a), pointerTo(backend, b), pointerTo(backend, out)];
          const { aRow, aStep, bRow, bStep, rows, columns } = walk;
          loops.binary(kind, left, aRow, aStep, right, bRow, bStep, to, rows, columns);
          return out;
        },
    );
  }
}

interface Walk {
  shape: number[];
  rows: number;
  columns: number;
  aRow: number;
  aStep: number;
  bRow: number;
  bStep: number;
}

/** Two shapes as matrices whose rows or columns may repeat; undefined when they are none. */
function walkOver(a: readonly number[], b: readonly number[]): Walk | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  // How each operand runs along an axis: 0 repeats, 1 does not. Axes of one number say nothing.
  const runs: { size: number; a: number; b: number }[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) return undefined;
    const size = m === 1 ? n : m;
    shape.push(size);
    if (size === 1) continue;
    const run = { size, a: m === 1 ? 0 : 1, b: n === 1 ? 0 : 1 };
    const last = runs.at(-1);
    if (last && last.a === run.a && last.b === run.b) last.size *= size;
    else runs.push(run);
  }
  if (runs.length > 2) return undefined;
  const along = runs.pop() ?? { size: 1, a: 0, b: 0 };
  const down = runs.pop() ?? { size: 1, a: 0, b: 0 };
  const stride = (isRunning: number, step: number) => isRunning * (step ? along.size : 1);
  return {
    shape,
    rows: down.size,
    columns: along.size,
    aRow: stride(down.a, along.a),
    aStep: along.a,
    bRow: stride(down.b, along.b),
    bStep: along.b,
  };
}
