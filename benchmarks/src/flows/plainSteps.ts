import * as tf from '@tensorflow/tfjs';
import type { Case } from './cases.ts';
import { plainSplineBack } from './plainSplines.ts';

interface Layer {
  kernel: tf.Variable;
  bias: tf.Variable;
  /** Of a MADE. */
  mask?: tf.Tensor;
}

/** The training step of a flow as a user of tfjs alone writes it: chained ops, `tf.train.adam`, one expression a line. */
export function plainStep(given: Case, x: tf.Tensor2D): () => Promise<number> {
  const { layers } = given;
  const networks = Array.from({ length: layers }, (_, layer) => networkOf(given, layer));
  const variables = networks.flatMap((network) => network.flatMap(({ kernel, bias }) => [kernel, bias]));
  const optimizer = tf.train.adam(1e-3);
  const back = given.flow === 'maf' ? backThroughMaf : backThroughCoupling;

  const loss = (): tf.Scalar => {
    let z: tf.Tensor = x;
    let logDet: tf.Tensor = tf.zeros([x.shape[0]]);
    for (let layer = layers - 1; layer >= 0; layer--) {
      const [next, change] = back(given, z, networks[layer] as Layer[], layer);
      z = next;
      logDet = logDet.add(change);
    }
    const logProb = z
      .square()
      .mul(-0.5)
      .sub(0.5 * Math.log(2 * Math.PI))
      .sum(1);
    return logProb.add(logDet).mean().neg() as tf.Scalar;
  };

  return async () => {
    const value = optimizer.minimize(loss, true, variables) as tf.Scalar;
    const [number] = await value.data();
    value.dispose();
    return number as number;
  };
}

function apply(network: Layer[], x: tf.Tensor): tf.Tensor {
  return network.reduce((h, { kernel, bias, mask }, i) => {
    const sum = h.matMul(mask ? kernel.mul(mask) : (kernel as tf.Tensor)).add(bias);
    return i === network.length - 1 ? sum : sum.relu();
  }, x);
}

function affineBack(x: tf.Tensor, made: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [raw, t] = tf.split(made, 2, 1) as [tf.Tensor, tf.Tensor];
  const s = raw.div(2).tanh().mul(2);
  return [x.sub(t).mul(s.neg().exp()), s.sum(1).neg()];
}

function backThroughCoupling(given: Case, x: tf.Tensor, network: Layer[], layer: number): [tf.Tensor, tf.Tensor] {
  const swap = layer % 2 === 1;
  const parts = tf.split(x, 2, 1);
  const [kept, changed] = (swap ? parts.reverse() : parts) as [tf.Tensor, tf.Tensor];
  const made = apply(network, kept);
  let [moved, logDet] = [changed, made];
  if (given.flow === 'spline') {
    const { bins, bound } = given;
    const parameters = made.reshape([x.shape[0] as number, 3 * bins - 1, given.dim / 2]) as tf.Tensor3D;
    const [value, logSlopes] = plainSplineBack(changed, parameters, bins, bound);
    [moved, logDet] = [value, logSlopes.sum(1)];
  } else [moved, logDet] = affineBack(changed, made);
  return [tf.concat(swap ? [moved, kept] : [kept, moved], 1), logDet];
}

const backThroughMaf = (_: Case, x: tf.Tensor, network: Layer[]) => affineBack(x, apply(network, x));

function networkOf({ flow, dim, hidden, bins }: Case, layer: number): Layer[] {
  const isMade = flow === 'maf';
  const moved = isMade ? dim : dim / 2;
  const widths = [moved, ...hidden, (flow === 'spline' ? 3 * bins - 1 : 2) * moved];
  const inputs = Array.from({ length: dim }, (_, i) => (layer % 2 === 0 ? i + 1 : dim - i));
  const degrees = [
    inputs,
    ...hidden.map((width) => Array.from({ length: width }, (_, k) => 1 + (k % (dim - 1)))),
    [...inputs, ...inputs],
  ];
  return widths.slice(1).map((to, i) => {
    const [from, isLast] = [widths[i] as number, i === hidden.length];
    const kernel = tf.variable(tf.randomNormal([from, to], 0, isLast ? 0 : Math.sqrt(2 / from)));
    const bias = tf.variable(tf.zeros([to]));
    if (!isMade) return { kernel, bias };
    const sees = (below: number, above: number) => (isLast ? below < above : below <= above);
    const rows = (degrees[i] as number[]).map((below) =>
      (degrees[i + 1] as number[]).map((above) => Number(sees(below, above))),
    );
    return { kernel, bias, mask: tf.tensor2d(rows) };
  });
}
