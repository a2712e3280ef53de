import { gradientsWithin } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Field } from './field';
import { rungeKutta } from './rungeKutta';

export interface AdjointOptions {
  /** The right side, from what it depends on beside state, time and variables. */
  field(constants: tf.Tensor2D[], inputs: tf.Tensor2D[]): Field;
  /** Have no gradient. */
  constants: tf.Tensor2D[];
  /** Have one, as variables have. */
  inputs: tf.Tensor2D[];
  variables: readonly tf.Tensor[];
  direction: 1 | -1;
  steps: number;
}

/** A state, the gradient of the loss there, and those of inputs and variables so far. */
interface Adjoint {
  state: tf.Tensor2D;
  dState: tf.Tensor;
  dParameters: tf.Tensor[];
}

/**
 * `rungeKutta` with a gradient whose memory does not grow with the steps: nothing on the way is kept, and the state is found
 * again by solving backwards together with its adjoint a = dL/dy,
 *
 *     da/dt = −aᵀ ∂f/∂y,   dL/dθ = −∫ aᵀ ∂f/∂θ dt   (t from the end to the start)
 *
 * It is the gradient of the flow and not of the steps: the two differ by what the solver misses.
 *
 * Reference: Chen, Rubanova, Bettencourt, Duvenaud, "Neural ordinary differential equations", 2018, algorithm 1.
 *
 * @param from - [B, n]
 */
export function adjointRungeKutta(from: tf.Tensor2D, options: AdjointOptions): tf.Tensor2D {
  const { constants, inputs, variables, direction, steps } = options;
  const solve = tf.customGrad((...given) => {
    const save = given.pop() as unknown as (tensors: tf.Tensor[]) => void;
    const value = rungeKutta(options.field(constants, inputs), from, direction, steps);
    save([value, ...constants, ...inputs]);
    return {
      value,
      gradFunc(dy: tf.Tensor, [end, ...rest]: tf.Tensor[]) {
        const [kept, own] = [rest.slice(0, constants.length), rest.slice(constants.length)] as tf.Tensor2D[][];
        const field = options.field(kept as tf.Tensor2D[], own as tf.Tensor2D[]);
        const parameters = [...(own as tf.Tensor2D[]), ...variables];
        const none = parameters.map((parameter) => tf.zerosLike(parameter));
        let at: Adjoint = { state: end as tf.Tensor2D, dState: dy, dParameters: none };
        const h = direction / steps;
        for (let step = steps; step > 0; step--) {
          const [before, time] = [at, (direction > 0 ? 0 : 1) + step * h];
          at = tf.tidy(() => ({ ...stepBack(field, parameters, before, time, h) }));
        }
        return [at.dState, ...at.dParameters];
      },
    };
  });
  return solve(from, ...inputs, ...variables) as tf.Tensor2D;
}

/** One classical step of the adjoint, from time t to t − h. */
function stepBack(field: Field, parameters: readonly tf.Tensor[], at: Adjoint, t: number, h: number): Adjoint {
  const B = at.state.shape[0];
  /** How state, adjoint and gradients change with time. */
  const slopes = ({ state, dState }: Adjoint, time: number): tf.Tensor[] => {
    const times = tf.fill([B, 1], time) as tf.Tensor2D;
    const along = () => tf.sum(tf.mul(dState, field(state, times)));
    const pulled = gradientsWithin(along, [state, ...parameters]);
    return [field(state, times), ...pulled.map((each) => tf.neg(each))];
  };
  const moved = (by: tf.Tensor[], share: number): Adjoint => {
    const [state, dState, ...dParameters] = [at.state, at.dState, ...at.dParameters].map((each, i) =>
      tf.sub(each, tf.mul(share * h, by[i] as tf.Tensor)),
    );
    return { state: state as tf.Tensor2D, dState: dState as tf.Tensor, dParameters };
  };
  const k1 = slopes(at, t);
  const k2 = slopes(moved(k1, 0.5), t - h / 2);
  const k3 = slopes(moved(k2, 0.5), t - h / 2);
  const k4 = slopes(moved(k3, 1), t - h);
  const sum = k1.map((first, i) => {
    const middle = tf.mul(2, tf.add(k2[i] as tf.Tensor, k3[i] as tf.Tensor));
    return tf.add(tf.add(first, k4[i] as tf.Tensor), middle);
  });
  return moved(sum, 1 / 6);
}
