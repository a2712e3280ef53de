import * as tf from '@tensorflow/tfjs-core';
import { withoutGradient } from '../gradients';
import { gaussLegendre } from './gaussLegendre';

const RULE = /* @__PURE__ */ gaussLegendre(24);

/** What exp(−18) = 1.5e-8 cuts off does not show in float32. */
const CUT = 18;

/** Points at which an integrand is taken: each value of a tensor has its own, on an axis behind. */
export interface Nodes {
  /** v, shape [...S, nodes]. */
  at: tf.Tensor;
  /** ∫ f(v) dv over all v ≥ 0, from f at the nodes: [...S, nodes] → S. */
  integrate(values: tf.Tensor): tf.Tensor;
}

/**
 * Nodes on the part of [0, ∞) where exp(−φ(v)) is not negligible, for a φ that is known to grow at least as a line of
 * slope s and a term of curvature k do together:
 *
 *     'saturating': φ(v) ≥ s v + k v² / (2 + v),   'growing': φ(v) ≥ s v + k v² / 2
 *
 * @param slope - s ≥ 0, shape S.
 * @param curvature - k ≥ 0, shape S; not 0 where s is.
 */
export function nodesOf(slope: tf.Tensor, curvature: tf.Tensor, growth: 'saturating' | 'growing'): Nodes {
  // The end v of the part is where the bound is CUT: the positive root of a v² + b v − CUT = 0.
  const saturating = growth === 'saturating';
  const a = saturating ? tf.mul(0.5, tf.add(slope, curvature)) : tf.mul(0.5, curvature);
  const b = saturating ? tf.sub(slope, CUT / 2) : slope;
  const root = tf.sqrt(tf.add(tf.square(b), tf.mul(4 * CUT, a)));
  // Of the two ways to write it that without a difference of like numbers.
  const end = tf.where(
    withoutGradient(() => tf.greater(b, 0)),
    tf.div(2 * CUT, tf.add(tf.maximum(b, 0), root)),
    tf.div(tf.sub(root, tf.minimum(b, 0)), tf.maximum(tf.mul(2, a), 1e-30)),
  );
  const last = slope.rank;
  return {
    at: tf.mul(tf.expandDims(end, last), tf.tensor1d(RULE.nodes)),
    integrate: (values) => tf.mul(end, tf.sum(tf.mul(values, tf.tensor1d(RULE.weights)), last)),
  };
}
