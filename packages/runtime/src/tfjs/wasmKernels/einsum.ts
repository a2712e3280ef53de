import { backend_util } from '@tensorflow/tfjs-core';
import { addKernel, type Kernel, kernelOf } from './replaceKernel';
import { sizeOf, type Value, type WasmBackend } from './wasmBackend';

interface Einsum {
  equation: string;
}

/** The axes of a tensor by their letters, such as `bik`. */
interface Labelled {
  value: Value;
  labels: string;
}

/**
 * Sums of products over named axes, which the backend lacks. Two tensors are one batched matrix product: what both have and
 * the result keeps is the batch, what both have and it drops is summed over.
 *
 * @param bridge - does the rest: more than two tensors, an axis twice in one tensor.
 */
export function addEinsum(bridge: (name: string) => Kernel<Einsum>): void {
  const otherwise = bridge('Einsum');
  addKernel<Einsum>('Einsum', (call) => {
    const { backend, attrs } = call;
    const [inputs, result] = attrs.equation.replace(/\s/g, '').split('->') as [string, string];
    const terms = inputs.split(',');
    const values = Object.values(call.inputs);
    const isPlain = terms.every((term) => new Set(term).size === term.length && /^[a-zA-Z]*$/.test(term));
    const areFloats = values.every(({ dtype }) => dtype === 'float32');
    if (terms.length > 2 || values.length !== terms.length || !isPlain || !areFloats) return otherwise(call);
    // tfjs's own checks, and its words.
    const { allDims, idDims } = backend_util.decodeEinsumEquation(attrs.equation, values.length);
    backend_util.checkEinsumDimSizes(allDims.length, idDims, values as never);

    const temporaries: Value[] = [];
    const keep = (made: Labelled) => {
      temporaries.push(made.value);
      return made;
    };
    const [a, b] = terms.map((labels, i) => {
      const other = terms[1 - i] ?? '';
      const alone = [...labels].filter((label) => !other.includes(label) && !result.includes(label));
      return keep(summed({ value: values[i] as Value, labels }, alone, backend));
    }) as [Labelled, Labelled | undefined];
    const made = b ? keep(product(a, b, result, backend, keep)) : a;
    const ordered = permuted(made, result, backend);
    for (const { dataId } of temporaries) backend.disposeData(dataId);
    return ordered.value;
  });
}

function product(a: Labelled, b: Labelled, result: string, backend: WasmBackend, keep: (made: Labelled) => Labelled) {
  const shared = [...a.labels].filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => result.includes(label));
  const inner = shared.filter((label) => !result.includes(label));
  const rows = [...a.labels].filter((label) => !shared.includes(label));
  const columns = [...b.labels].filter((label) => !shared.includes(label));
  const sizes = (labels: string[]) =>
    labels.map((label) => (b.labels.includes(label) ? sizeAlong(b, label) : sizeAlong(a, label)));
  const [times, m, k, n] = [batch, rows, inner, columns].map((labels) => sizeOf(sizes(labels))) as [
    number,
    number,
    number,
    number,
  ];
  const left = keep(permuted(a, [...batch, ...rows, ...inner].join(''), backend)).value;
  const right = keep(permuted(b, [...batch, ...inner, ...columns].join(''), backend)).value;
  const { dataId } = kernelOf<object>('BatchMatMul')({
    inputs: { a: { ...left, shape: [times, m, k] }, b: { ...right, shape: [times, k, n] } },
    attrs: { transposeA: false, transposeB: false },
    backend,
  });
  const labels = [...batch, ...rows, ...columns];
  return { value: { dataId, shape: sizes(labels), dtype: 'float32' as const }, labels: labels.join('') };
}

const sizeAlong = ({ value, labels }: Labelled, label: string) => value.shape[labels.indexOf(label)] as number;

/** Without some axes, which are added up. The value is a new one, or one more reference. */
function summed({ value, labels }: Labelled, over: string[], backend: WasmBackend): Labelled {
  if (over.length === 0) return { value: shared(value, backend), labels };
  const axis = over.map((label) => labels.indexOf(label));
  const sum = kernelOf<object>('Sum')({ inputs: { x: value }, attrs: { axis, keepDims: false }, backend });
  return { value: sum, labels: [...labels].filter((label) => !over.includes(label)).join('') };
}

/** With its axes in another order. */
function permuted({ value, labels }: Labelled, order: string, backend: WasmBackend): Labelled {
  if (labels === order) return { value: shared(value, backend), labels };
  const perm = [...order].map((label) => labels.indexOf(label));
  const moved = kernelOf<object>('Transpose')({ inputs: { x: value }, attrs: { perm }, backend });
  return { value: moved, labels: order };
}

function shared(value: Value, backend: WasmBackend): Value {
  backend.incRef(value.dataId);
  return { ...value };
}
