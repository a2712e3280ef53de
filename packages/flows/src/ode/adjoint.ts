import { gradientsWithin } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Field, Integrand, Solver } from './solver';

export interface AdjointOptions {
  /** The right side, from what it depends on beside state, time and variables. */
  field(constants: tf.Tensor2D[], inputs: tf.Tensor2D[]): Field;
  /** Have no gradient. */
  constants: tf.Tensor2D[];
  /** Have one, as variables have. */
  inputs: tf.Tensor2D[];
  variables: readonly tf.Tensor[];
  direction: 1 | -1;
}

/**
 * A solver with a gradient that keeps nothing of the way: the state is found again by solving backwards, together with its
 * adjoint a = dL/dy,
 *
 *     da/dt = −aᵀ ∂f/∂y,   dL/dθ = −∫ aᵀ ∂f/∂θ dt   (t from the end to the start)
 *
 * It is the gradient of the flow and not of the steps: the two differ by what the solver misses. Where the solver chooses its
 * steps, state and adjoint choose those of the way back; what is summed up has no say.
 *
 * Reference: Chen, Rubanova, Bettencourt, Duvenaud, "Neural ordinary differential equations", 2018, algorithm 1; Kidger, Chen,
 * Lyons, "Hey, that's not an ODE: faster ODE adjoints via seminorms", 2021.
 *
 * @param from - [B, n]
 * @returns [B, n]
 */
export function withAdjoint(solve: Solver, from: tf.Tensor2D, options: AdjointOptions): tf.Tensor2D {
  const { constants, inputs, variables, direction } = options;
  const n = from.shape[1];
  const solved = tf.customGrad((...given) => {
    const save = given.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const value = solve(options.field(constants, inputs), from, direction).end;
    save([value, ...constants, ...inputs]);
    return {
      value,
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        const [end, ...rest] = saved as tf.Tensor2D[];
        const own = rest.slice(constants.length);
        const field = options.field(rest.slice(0, constants.length), own);
        /** The gradients of Σ by · field. */
        const pulled = (by: tf.Tensor, state: tf.Tensor2D, time: tf.Tensor2D, xs: readonly tf.Tensor[]) =>
          gradientsWithin(() => tf.sum(tf.mul(by, field(state, time))), xs);
        const halves = (both: tf.Tensor2D) => tf.split(both, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
        const back: Field = (both, time) => {
          const [state, adjoint] = halves(both);
          const [pull] = pulled(adjoint, state, time, [state]) as [tf.Tensor];
          return tf.concat([field(state, time), tf.neg(pull)], 1) as tf.Tensor2D;
        };
        const along: Integrand = (both, time, weight) => {
          const [state, adjoint] = halves(both);
          return pulled(tf.mul(weight, adjoint), state, time, [...own, ...variables]);
        };
        const start = tf.concat([end as tf.Tensor2D, dy as tf.Tensor2D], 1);
        const found = solve(back, start, direction > 0 ? -1 : 1, along);
        return [tf.slice(found.end, [0, n], [-1, n]), ...found.integrals.map((integral) => tf.neg(integral))];
      },
    };
  });
  return solved(from, ...inputs, ...variables) as tf.Tensor2D;
}
