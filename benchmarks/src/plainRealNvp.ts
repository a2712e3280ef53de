import * as tf from '@tensorflow/tfjs';
import type { Size } from './realNvpSizes.ts';

/** The RealNVP's training step as a user of tfjs alone writes it: chained ops, `tf.train.adam`, one expression a line. */
export function plainRealNvpStep({ dim, layers, hidden }: Size, x: tf.Tensor2D): () => Promise<number> {
  const half = dim / 2;
  const widths = [half, ...hidden, 2 * half];
  const networks = Array.from({ length: layers }, () =>
    widths.slice(1).map((to, i) => ({
      kernel: tf.variable(
        tf.randomNormal([widths[i] as number, to], 0, i === hidden.length ? 0 : Math.sqrt(2 / (widths[i] as number))),
      ),
      bias: tf.variable(tf.zeros([to])),
    })),
  );
  const variables = networks.flatMap((network) => network.flatMap(({ kernel, bias }) => [kernel, bias]));
  const optimizer = tf.train.adam(1e-3);

  const loss = (): tf.Scalar => {
    let z: tf.Tensor = x;
    let logDet: tf.Tensor = tf.zeros([x.shape[0]]);
    for (let layer = layers - 1; layer >= 0; layer--) {
      const swap = layer % 2 === 1;
      const parts = tf.split(z, 2, 1);
      const [kept, changed] = (swap ? parts.reverse() : parts) as [tf.Tensor, tf.Tensor];
      const network = networks[layer] as (typeof networks)[number];
      const made = network.reduce((h, { kernel, bias }, i) => {
        const sum = h.matMul(kernel as tf.Tensor).add(bias);
        return i === hidden.length ? sum : sum.relu();
      }, kept);
      const [raw, t] = tf.split(made, 2, 1) as [tf.Tensor, tf.Tensor];
      const s = raw.div(2).tanh().mul(2);
      const moved = changed.sub(t).mul(s.neg().exp());
      logDet = logDet.sub(s.sum(1));
      z = tf.concat(swap ? [moved, kept] : [kept, moved], 1);
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
