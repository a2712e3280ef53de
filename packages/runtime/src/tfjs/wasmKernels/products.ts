import { type Call, type Kernel, replaceKernel } from './replaceKernel';
import { scratch } from './scratch';
import { activationKinds, isForXnnpack, simd } from './simd';
import { pointerTo, sizeOf, type Value } from './wasmBackend';

interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

interface Fused extends Transposes {
  activation?: string;
  leakyreluAlpha?: number;
}

/** tfjs's names of the activations that a fused product may end with. */
const fusable: Readonly<Record<string, number>> = {
  ...{
    linear: activationKinds.linear,
    relu: activationKinds.relu,
    relu6: activationKinds.relu6,
    elu: activationKinds.elu,
  },
  ...{ leakyrelu: activationKinds.leakyRelu, sigmoid: activationKinds.sigmoid },
};

/**
 * Matrix products, batched and with transposes. The backend's own are XNNPACK's for one plain product, laid out anew for
 * every new tensor, and else a simple loop, tens of times slower: the gradients of every matMul, and attention.
 */
export function quickenProducts(): void {
  replaceKernel<Transposes>(
    'BatchMatMul',
    (multiply): Kernel<Transposes> =>
      (call) =>
        product(call) ?? multiply(call),
  );
  replaceKernel<Fused>(
    '_FusedMatMul',
    (multiply): Kernel<Fused> =>
      (call) => {
        const { inputs, attrs, backend } = call;
        const loops = simd(backend);
        const { bias } = inputs;
        const kind = fusable[attrs.activation ?? 'linear'];
        const columns = (inputs.b as Value).shape.at(attrs.transposeB ? -2 : -1) as number;
        const width = bias ? sizeOf(bias.shape) : columns;
        const isKnown = kind !== undefined && (width === columns || width === 1);
        const made = loops && isKnown ? product(call) : undefined;
        if (!loops || !made || kind === undefined) return multiply(call);
        if (kind !== activationKinds.linear || bias) {
          const at = pointerTo(backend, made);
          const alpha = kind === activationKinds.elu ? 1 : (attrs.leakyreluAlpha ?? 0.2);
          // One bias for all is that of one column.
          loops.activate(
            kind,
            at,
            bias ? pointerTo(backend, bias) : 0,
            at,
            sizeOf(made.shape) / (width || 1),
            width,
            alpha,
          );
        }
        return made;
      },
  );
}

/** a b; undefined when it is not for us: no SIMD, better by XNNPACK, or wrong shapes, which the old kernel refuses. */
function product({ inputs, attrs, backend }: Call<Transposes>): Value | undefined {
  const loops = simd(backend);
  const { a, b } = inputs as { a: Value; b: Value };
  if (!loops || a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const { transposeA, transposeB } = attrs;
  const [p, q] = a.shape.slice(-2) as [number, number];
  const [r, s] = b.shape.slice(-2) as [number, number];
  const [rows, inner] = transposeA ? [q, p] : [p, q];
  const [columns, innerOfB] = transposeB ? [r, s] : [s, r];
  if (inner !== innerOfB) return undefined;

  const [batchOfA, batchOfB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [timesA, timesB] = [sizeOf(batchOfA), sizeOf(batchOfB)];
  const batch = broadcast(batchOfA, batchOfB);
  // One matrix for all members, or one for each.
  const times = Math.max(timesA, timesB);
  if (!batch || sizeOf(batch) !== times || ![1, times].includes(timesA) || ![1, times].includes(timesB))
    return undefined;
  const single = timesA === 1 && timesB === 1;
  if (single && !transposeA && !transposeB && isForXnnpack(backend, rows * inner * columns)) return undefined;

  const made = backend.makeOutput([...batch, rows, columns], 'float32');
  // A plain product of many with one is one tall product.
  const stacked = timesB === 1 && !transposeA;
  loops.batchMatmul(
    pointerTo(backend, a),
    timesA === 1 ? 0 : p * q,
    transposeA ? 1 : q,
    transposeA ? q : 1,
    pointerTo(backend, b),
    timesB === 1 ? 0 : r * s,
    transposeB ? 1 : s,
    transposeB ? s : 1,
    pointerTo(backend, made),
    stacked ? 1 : times,
    stacked ? rows * times : rows,
    inner,
    columns,
    scratch(backend, loops.matmulScratch()),
  );
  return made;
}

/** The shape of two shapes together; undefined when they do not go together. */
function broadcast(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let i = 1; i <= rank; i++) {
    const [m, n] = [a.at(-i) ?? 1, b.at(-i) ?? 1];
    if (m !== n && m !== 1 && n !== 1) return undefined;
    shape.unshift(m === 1 ? n : m);
  }
  return shape;
}
