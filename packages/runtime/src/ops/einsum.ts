import * as tf from '@tensorflow/tfjs-core';
import { checkFloat, complain } from './check';
import { readEquation } from './einsum/equation';

/** A tensor and a label for each of its dimensions. */
interface Labeled {
  tensor: tf.Tensor;
  labels: string[];
}

/**
 * Einstein summation: `ab,bc->ac` is a matrix product. Two operands become one (batched) matMul, more are taken two by two
 * from the left; gradients of any order are those of matMul.
 *
 * Dimensions that carry the same letter are multiplied number by number, those missing from the result are summed over;
 * `...` stands for any dimensions before, between or after. A letter may not occur twice in one operand.
 *
 * @param equation - such as `...ij,...jk->...ik`; without `->` the result has the letters that occur once, sorted.
 * @param operands - float32 tensors.
 * @returns a tensor with the dimensions of the result.
 * @throws TypeError when the equation does not fit the operands, RangeError when one letter has two sizes.
 *
 * @example
 * const scores = einsum('bqhd,bkhd->bhqk', queries, keys);
 */
export function einsum(equation: string, ...operands: tf.Tensor[]): tf.Tensor {
  if (operands.length === 0) complain('einsum', 'operands', 'one tensor or more', 'none');
  for (const [i, operand] of operands.entries()) checkFloat('einsum', `operand ${i}`, operand);
  const read = readEquation(
    equation,
    operands.map(({ rank }) => rank),
  );
  return tf.tidy(() => {
    const terms = fitted(operands.map((tensor, i) => ({ tensor, labels: read.operands[i] as string[] })));
    const product = terms.reduce((left, right, i) => {
      const later = new Set([...terms.slice(i + 1).flatMap(({ labels }) => labels), ...read.result]);
      return multiply(left, right, later);
    });
    return arranged(summed(product, new Set(read.result)), read.result);
  });
}

/** Operands whose sizes agree; a dimension of an ellipsis that is 1 is spread to the other's size. */
function fitted(terms: Labeled[]): Labeled[] {
  const sizes = new Map<string, number>();
  for (const { tensor, labels } of terms) {
    for (const [i, label] of labels.entries()) {
      const [size, known] = [tensor.shape[i] as number, sizes.get(label)];
      const mayGrow = label.startsWith('.') && (known === 1 || size === 1);
      if (known !== undefined && known !== size && !mayGrow) {
        throw new RangeError(`einsum: ${label} must have one size, got ${known} and ${size}`);
      }
      if (known === undefined || (mayGrow && known === 1)) sizes.set(label, size);
    }
  }
  return terms.map(({ tensor, labels }) => {
    const shape = labels.map((label) => sizes.get(label) as number);
    return { labels, tensor: shape.join() === tensor.shape.join() ? tensor : tf.broadcastTo(tensor, shape) };
  });
}

/** Sums over what is not needed any more. */
function summed({ tensor, labels }: Labeled, needed: ReadonlySet<string>): Labeled {
  const axes = [...labels.keys()].filter((i) => !needed.has(labels[i] as string));
  if (axes.length === 0) return { tensor, labels };
  return { tensor: tf.sum(tensor, axes), labels: labels.filter((label) => needed.has(label)) };
}

/** The dimensions in another order. */
function arranged({ tensor, labels }: Labeled, order: readonly string[]): tf.Tensor {
  if (labels.join() === order.join()) return tf.clone(tensor);
  return tf.transpose(
    tensor,
    order.map((label) => labels.indexOf(label)),
  );
}

/** One batched product: [batch, rows, inner] · [batch, inner, columns]. */
function multiply(a: Labeled, b: Labeled, later: ReadonlySet<string>): Labeled {
  const left = summed(a, new Set([...b.labels, ...later]));
  const right = summed(b, new Set([...a.labels, ...later]));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => later.has(label));
  const inner = shared.filter((label) => !later.has(label));
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));

  const sizeOf = (labels: readonly string[], { tensor, labels: all }: Labeled) =>
    labels.map((label) => tensor.shape[all.indexOf(label)] as number);
  const product = (sizes: number[]) => sizes.reduce((x, y) => x * y, 1);
  const [B, I] = [product(sizeOf(batch, left)), product(sizeOf(inner, left))];
  const [R, C] = [product(sizeOf(rows, left)), product(sizeOf(columns, right))];

  // A side whose last two parts lie the other way round is handed to matMul as transposed.
  const transposeA = left.labels.join() === [...batch, ...inner, ...rows].join() && rows.length > 0;
  const transposeB = right.labels.join() === [...batch, ...columns, ...inner].join() && inner.length > 0;
  const first = arranged(left, transposeA ? [...batch, ...inner, ...rows] : [...batch, ...rows, ...inner]);
  const second = arranged(right, transposeB ? [...batch, ...columns, ...inner] : [...batch, ...inner, ...columns]);
  const result = tf.matMul(
    tf.reshape(first, transposeA ? [B, I, R] : [B, R, I]),
    tf.reshape(second, transposeB ? [B, C, I] : [B, I, C]),
    transposeA,
    transposeB,
  ); // [B, R, C]
  const shape = [...sizeOf(batch, left), ...sizeOf(rows, left), ...sizeOf(columns, right)];
  return { tensor: tf.reshape(result, shape), labels: [...batch, ...rows, ...columns] };
}
