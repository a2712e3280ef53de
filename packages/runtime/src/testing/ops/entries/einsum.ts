import type { OpEntry, Values } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { einsum } from '../../../ops/einsum';

/** Every product of one number of each operand, added where the result's labels say. Labels are single letters. */
function byLoops(equation: string, inputs: Values): number[] {
  const [left = '', result = ''] = equation.split('->');
  const terms = left.split(',');
  const operands = Object.values(inputs);
  const sizes = new Map<string, number>();
  for (const [i, term] of terms.entries()) {
    for (const [d, label] of [...term].entries()) sizes.set(label, operands[i]?.shape[d] as number);
  }
  const labels = [...sizes.keys()];
  const total = [...result].reduce((size, label) => size * (sizes.get(label) as number), 1);
  const sums = new Array<number>(total).fill(0);
  const place = (term: string, at: ReadonlyMap<string, number>) =>
    [...term].reduce((index, label) => index * (sizes.get(label) as number) + (at.get(label) as number), 0);
  const count = labels.reduce((size, label) => size * (sizes.get(label) as number), 1);
  for (let n = 0; n < count; n++) {
    let rest = n;
    const at = new Map(
      labels.map((label) => {
        const size = sizes.get(label) as number;
        const index = rest % size;
        rest = Math.floor(rest / size);
        return [label, index];
      }),
    );
    const product = terms.reduce((p, term, i) => p * (operands[i]?.values[place(term, at)] as number), 1);
    const target = place(result, at);
    sums[target] = (sums[target] as number) + product;
  }
  return sums;
}

const entry = (
  equation: string,
  shapes: number[][],
  dispatches: OpEntry['dispatches'],
  { spelled = equation, ...more }: Partial<OpEntry> & { spelled?: string } = {},
): OpEntry => {
  const names = shapes.map((_, i) => `x${i}`);
  return {
    name: `einsum ${spelled}`,
    run: (inputs) => einsum(spelled, ...names.map((name) => inputs[name] as tf.Tensor)),
    reference: (inputs) => ({ y: byLoops(equation, inputs) }),
    samples: [Object.fromEntries(shapes.map((shape, i) => [`x${i}`, { shape }]))],
    gradients: names,
    dispatches,
    ...more,
  };
};

export const einsums: OpEntry[] = [
  entry(
    'ab,bc->ac',
    [
      [2, 3],
      [3, 5],
    ],
    { forward: 1, withGradient: 3 },
    {
      refusals: [
        [() => einsum('ab,bc->ac', tf.zeros([2, 3])), 'einsum: equation must be of 1 operands, got ab,bc->ac'],
        [() => einsum('ab', tf.zeros([2, 3, 4])), 'einsum: equation must be of 3 dimensions in operand 0, got ab'],
        [() => einsum('aa->a', tf.zeros([2, 2])), /without a label twice in one operand.*got aa->a/],
        [() => einsum('ab->ac', tf.zeros([2, 2])), /a result made of labels of operands, got ab->ac/],
        [() => einsum('a1->a', tf.zeros([2, 2])), /letters for dimensions, such as ab,bc->ac, got a1->a/],
        [() => einsum('ab,bc->ac', tf.zeros([2, 3]), tf.zeros([2, 3])), 'einsum: b must have one size, got 3 and 2'],
      ],
    },
  ),
  entry(
    'ab,cb->ac',
    [
      [2, 3],
      [5, 3],
    ],
    { forward: 1, withGradient: 3 },
  ),
  entry(
    'ba,bc->ca',
    [
      [3, 2],
      [3, 5],
    ],
    { forward: 2, withGradient: 5 },
  ),
  entry(
    'bqhd,bkhd->bhqk',
    [
      [2, 3, 2, 5],
      [2, 7, 2, 5],
    ],
    { forward: 3, withGradient: 7 },
  ),
  entry(
    'abc,cd->abd',
    [
      [2, 3, 4],
      [4, 5],
    ],
    { forward: 1, withGradient: 3 },
    { spelled: '...c,cd->...d' },
  ),
  entry(
    'abc,cd->abd',
    [
      [2, 3, 4],
      [4, 5],
    ],
    { forward: 1, withGradient: 3 },
    { spelled: 'abc, cd' },
  ),
  entry('a,b->ab', [[3], [5]], { forward: 1, withGradient: 3 }),
  entry(
    'ab,ab->',
    [
      [3, 2],
      [3, 2],
    ],
    { forward: 1, withGradient: 3 },
  ),
  entry(
    'abx,bc->c',
    [
      [2, 3, 2],
      [3, 5],
    ],
    { forward: 3, withGradient: 6 },
  ),
  entry(
    'ab,bc,cd->ad',
    [
      [2, 3],
      [3, 2],
      [2, 5],
    ],
    { forward: 2, withGradient: 6 },
  ),
  entry('abc->ca', [[2, 3, 5]], { forward: 3, withGradient: 5 }),
  {
    ...entry(
      'bac,cd->bad',
      [
        [2, 3, 4],
        [4, 5],
      ],
      { forward: 2, withGradient: 9 },
      { spelled: '...ac,...cd->...ad' },
    ),
    samples: [{ x0: { shape: [2, 3, 4] }, x1: { shape: [1, 4, 5] } }],
    reference: ({ x0, x1 }) => ({
      y: byLoops('bac,cd->bad', { x0: x0 as Values[string], x1: { ...(x1 as Values[string]), shape: [4, 5] } }),
    }),
  },
];
