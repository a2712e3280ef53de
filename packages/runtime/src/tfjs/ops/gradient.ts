import * as tf from '@tensorflow/tfjs-core';
import { gradientsWithin } from '../gradientsWithin';
import type { AnyOp, Call } from './definition';

/** The call of each op that ran last: tfjs asks at once after it what to save. */
const lastCalls = new Map<string, Call>();

export function aboutToSave(op: string, call: Call): void {
  lastCalls.set(op, call);
}

/** How many gradients are being taken around this one. */
export const gradientDepth = (): number =>
  (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth;

/**
 * Tells tfjs an op's gradient; without one of its own, that of its composition.
 *
 * tfjs cannot differentiate through outputs that it saved: when the gradient is itself to be differentiated, all inputs
 * are saved and the outputs computed again from them.
 *
 * @param run - the op.
 */
export function registerGradient(
  op: AnyOp,
  run: (inputs: Record<string, tf.Tensor>, attributes: object) => Record<string, tf.Tensor>,
): void {
  const { grad } = op;
  const outputsSaved = ({ outputs }: Call) => outputs.filter((name) => grad?.saves.includes(name));
  const inputsSaved = (call: Call, nested: boolean) =>
    call.inputs.filter((name) => !grad || grad.saves.includes(name) || (nested && outputsSaved(call).length > 0));
  const lastCall = () => lastCalls.get(op.name) as Call;

  tf.registerGradient({
    kernelName: op.name,
    get inputsToSave() {
      return inputsSaved(lastCall(), gradientDepth() > 1);
    },
    get outputsToSave() {
      return lastCall().outputs.map((name) => outputsSaved(lastCall()).includes(name));
    },
    gradFunc(dy, saved, attrs) {
      const call = attrs as unknown as Call;
      const nested = saved.length > inputsSaved(call, false).length + outputsSaved(call).length;
      const names = [...inputsSaved(call, nested), ...outputsSaved(call)];
      const tensors = Object.fromEntries(names.map((name, i) => [name, saved[i] as tf.Tensor]));
      if (nested && gradientDepth() > 0) {
        const inputs = Object.fromEntries(call.inputs.map((name) => [name, tensors[name] as tf.Tensor]));
        Object.assign(tensors, run(inputs, call.attributes));
      }
      const dys = Object.fromEntries([dy].flat().map((tensor, i) => [call.outputs[i] as string, tensor as tf.Tensor]));
      const grads =
        grad?.of(dys, tensors, call.attributes) ?? gradientsOfComposition(op, dys, tensors, call.attributes);
      return grads as Record<string, () => tf.Tensor>;
    },
  });
}

/** What tfjs finds by going back through the composition. */
function gradientsOfComposition(
  op: AnyOp,
  dys: Readonly<Record<string, tf.Tensor>>,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
): Record<string, () => tf.Tensor> {
  const differentiable = Object.entries(inputs).filter(([, { dtype }]) => dtype === 'float32');
  const weighted = () => {
    const results = op.compose(inputs, attributes);
    return tf.addN(Object.entries(dys).map(([name, dy]) => tf.sum(tf.mul(results[name] as tf.Tensor, dy))));
  };
  const gradients = gradientsWithin(
    weighted,
    differentiable.map(([, tensor]) => tensor),
  );
  return Object.fromEntries(differentiable.map(([name], i) => [name, () => gradients[i] as tf.Tensor]));
}
