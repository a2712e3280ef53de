import { defineOp, type HostCall, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** How an axis is parted: so many positions first and then the others, or even ones and odd ones. */
export type Parting = number | 'alternating';

interface Attributes {
  axis: number;
  by: Parting;
}

/**
 * Parts an axis of a tensor into two, in one dispatch on WebGPU: into its first `by` positions and the rest, or into its
 * even positions (one more when the size is odd) and the odd ones. Its gradient is `unite`.
 */
export function part(x: tf.Tensor, axis: number, by: Parting): [first: tf.Tensor, second: tf.Tensor] {
  const { first, second } = parted({ x }, { axis, by });
  return [first, second];
}

/** Puts two parts of an axis back in their places: the inverse of `part`. */
export const unite = (first: tf.Tensor, second: tf.Tensor, axis: number, by: Parting): tf.Tensor =>
  united({ first, second }, { axis, by }).x;

const withSize = (shape: readonly number[], axis: number, size: number) => shape.map((n, i) => (i === axis ? size : n));

const firstSize = (size: number, by: Parting) => (by === 'alternating' ? Math.ceil(size / 2) : by);

/** The axis' positions in the order first part, second part. */
const orderOf = (size: number, by: Parting): number[] => {
  const all = Array.from({ length: size }, (_, i) => i);
  return by === 'alternating' ? [...all.filter((i) => i % 2 === 0), ...all.filter((i) => i % 2 === 1)] : all;
};

/** Runs, as they lie in memory: `outer` times the axis' positions, each of `inner` numbers. */
function runsOf(shape: readonly number[], { axis, by }: Attributes) {
  const size = shape[axis] as number;
  const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1))];
  return { outer, size, inner, firstSize: firstSize(size, by) };
}

/** WGSL that visits number i of the whole, and says where in which part it is. */
const visit = (shape: readonly number[], attributes: Attributes, first: string, second: string) => {
  const { size, inner, firstSize } = runsOf(shape, attributes);
  const isAlternating = attributes.by === 'alternating';
  return {
    code: `
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * 256u + local;
  if (i >= params.total) { return; }
  let outer = i / params.inner / params.size;
  let at = i / params.inner % params.size;
  let rest = i % params.inner;
  if (${isAlternating ? 'at % 2u == 0u' : 'at < params.firstSize'}) {
    let to = (outer * params.firstSize + ${isAlternating ? 'at / 2u' : 'at'}) * params.inner + rest;
    ${first}
  } else {
    let secondSize = params.size - params.firstSize;
    let to = (outer * secondSize + ${isAlternating ? 'at / 2u' : 'at - params.firstSize'}) * params.inner + rest;
    ${second}
  }
}`,
    groups: Math.ceil(sizeOf(shape) / 256),
    integers: { total: sizeOf(shape), size, inner, firstSize },
  };
};

/** The same on typed arrays. */
function walk(
  shape: readonly number[],
  attributes: Attributes,
  go: (isFirst: boolean, to: number, i: number, count: number) => void,
): void {
  const { outer, size, inner, firstSize } = runsOf(shape, attributes);
  const isAlternating = attributes.by === 'alternating';
  const [firstRun, secondRun] = [firstSize * inner, (size - firstSize) * inner];
  for (let o = 0, i = 0; o < outer; o++) {
    if (!isAlternating) {
      go(true, o * firstRun, i, firstRun);
      go(false, o * secondRun, i + firstRun, secondRun);
      i += firstRun + secondRun;
      continue;
    }
    for (let at = 0; at < size; at++, i += inner) {
      const half = at >> 1;
      if (at % 2 === 0) go(true, o * firstRun + half * inner, i, inner);
      else go(false, o * secondRun + half * inner, i, inner);
    }
  }
}

const copy = (from: ArrayLike<number>, start: number, to: { [i: number]: number }, at: number, count: number) => {
  for (let k = 0; k < count; k++) to[at + k] = from[start + k] as number;
};

function partOnHost({
  inputs: { x },
  outputs,
  shapes,
  attributes,
}: HostCall<'x', 'first' | 'second', Attributes>): void {
  const { first, second } = outputs;
  walk(shapes.x, attributes, (isFirst, to, i, count) => copy(x, i, isFirst ? first : second, to, count));
}

function uniteOnHost({
  inputs,
  outputs: { x },
  shapes,
  attributes,
}: HostCall<'first' | 'second', 'x', Attributes>): void {
  const { first, second } = inputs;
  walk(shapes.x, attributes, (isFirst, to, i, count) => copy(isFirst ? first : second, to, x, i, count));
}

const parted = /* @__PURE__ */ defineOp<'x', 'first' | 'second', Attributes>({
  name: 'flows/part',
  outputs({ x }, { axis, by }) {
    const size = x.shape[axis] as number;
    const first = firstSize(size, by);
    return {
      first: { shape: withSize(x.shape, axis, first), dtype: x.dtype },
      second: { shape: withSize(x.shape, axis, size - first), dtype: x.dtype },
    };
  },
  compose({ x }, { axis, by }) {
    const size = x.shape[axis] as number;
    const order = orderOf(size, by);
    const take = (positions: number[]) => tf.gather(x, tf.tensor1d(positions, 'int32'), axis);
    const first = firstSize(size, by);
    return { first: take(order.slice(0, first)), second: take(order.slice(first)) };
  },
  webgpu: ({ inputs: { x }, attributes }) => ({
    ...visit(x.shape, attributes, 'first[to] = x[i];', 'second[to] = x[i];'),
    reads: ['x'],
    writes: ['first', 'second'],
  }),
  cpu: partOnHost,
  wasm: partOnHost,
  grad: {
    saves: [],
    of: ({ first, second }, _, { axis, by }) => ({ x: () => unite(first, second, axis, by) }),
  },
});

const united = /* @__PURE__ */ defineOp<'first' | 'second', 'x', Attributes>({
  name: 'flows/unite',
  outputs: ({ first, second }, { axis }) => ({
    x: {
      shape: withSize(first.shape, axis, (first.shape[axis] as number) + (second.shape[axis] as number)),
      dtype: first.dtype,
    },
  }),
  compose({ first, second }, { axis, by }) {
    const joined = tf.concat([first, second], axis);
    const size = joined.shape[axis] as number;
    const places = new Array<number>(size);
    for (const [i, position] of orderOf(size, by).entries()) places[position] = i;
    return { x: tf.gather(joined, tf.tensor1d(places, 'int32'), axis) };
  },
  webgpu: ({ outputs: { x }, attributes }) => ({
    ...visit(x.shape, attributes, 'x[i] = first[to];', 'x[i] = second[to];'),
    reads: ['first', 'second'],
    writes: ['x'],
  }),
  cpu: uniteOnHost,
  wasm: uniteOnHost,
  grad: {
    saves: [],
    of({ x }, _, { axis, by }) {
      const [first, second] = part(x, axis, by);
      return { first: () => first, second: () => second };
    },
  },
});
