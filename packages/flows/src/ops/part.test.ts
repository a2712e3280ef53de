import '@tensorflow/tfjs';
import { type OpEntry, opContract } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { type Parting, part, unite } from './part';

/** The positions of the first part, then those of the second. */
const orderOf = (size: number, by: Parting) =>
  Array.from({ length: size }, (_, i) => i).sort((a, b) => (by === 'alternating' ? (a % 2) - (b % 2) : 0) || a - b);

const firstOf = (size: number, by: Parting) => (by === 'alternating' ? Math.ceil(size / 2) : by);

/** Number by number: [outer, size, inner] with the axis in the middle. */
function parted(x: ArrayLike<number>, shape: readonly number[], axis: number, by: Parting) {
  const [size, inner] = [shape[axis] as number, shape.slice(axis + 1).reduce((a, b) => a * b, 1)];
  const outer = x.length / size / inner;
  const order = orderOf(size, by);
  const pick = (positions: number[]) =>
    Array.from({ length: outer }, (_, o) =>
      positions.map((p) => Array.from({ length: inner }, (_, r) => x[(o * size + p) * inner + r] as number)),
    ).flat(2);
  return { first: pick(order.slice(0, firstOf(size, by))), second: pick(order.slice(firstOf(size, by))) };
}

const parting = (name: string, shape: number[], axis: number, by: Parting): OpEntry[] => {
  const [size, first] = [shape[axis] as number, firstOf(shape[axis] as number, by)];
  const withSize = (n: number) => shape.map((length, i) => (i === axis ? n : length));
  return [
    {
      name: `part ${name}`,
      run: ({ x }) => {
        const [a, b] = part(x as tf.Tensor, axis, by);
        return { first: a, second: b };
      },
      reference: ({ x }) => parted(x?.values ?? [], x?.shape ?? [], axis, by),
      samples: [{ x: { shape } }, { x: { shape: [67, ...shape.slice(1)] } }],
      gradients: ['x'],
      dispatches: { forward: 1, withGradient: 2 },
    },
    {
      name: `unite ${name}`,
      run: ({ a, b }) => unite(a as tf.Tensor, b as tf.Tensor, axis, by),
      reference: ({ a, b }) => {
        // Where each number of the parts goes is where parting takes it from.
        const count = (a?.values.length ?? 0) + (b?.values.length ?? 0);
        const places = parted(
          Array.from({ length: count }, (_, i) => i),
          withSize(size),
          axis,
          by,
        );
        const y = new Float64Array(count);
        places.first.forEach((place, i) => {
          y[place] = a?.values[i] as number;
        });
        places.second.forEach((place, i) => {
          y[place] = b?.values[i] as number;
        });
        return { y };
      },
      samples: [{ a: { shape: withSize(first) }, b: { shape: withSize(size - first) } }],
      gradients: ['a', 'b'],
      dispatches: { forward: 1, withGradient: 2 },
    },
  ];
};

opContract([
  ...parting('of the last axis, a few first', [3, 5], 1, 2),
  ...parting('of the last axis, even and odd', [3, 5], 1, 'alternating'),
  ...parting('of an axis within, even and odd', [3, 4, 3], 1, 'alternating'),
  ...parting('of an axis within, a few first', [2, 3, 2, 2], 1, 1),
]);
