import type { HostCall } from '../../tfjs/ops/hostKernel';
import { hostActivations } from '../activations/host';
import type { NormAttributes } from './affine';

type Names = 'x' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance' | 'residual';

/** What is given for number i in column c: the input of the activation, and how much of its gradient x has. */
function affineOf(
  { x, bias, gamma, beta, mean, variance, residual }: HostCall<Names, never, object>['inputs'],
  epsilon: number,
) {
  const columns = (bias ?? gamma ?? beta ?? mean ?? variance)?.length ?? 1;
  const scales = Float64Array.from({ length: columns }, (_, c) => {
    const spread = variance === undefined ? 1 : Math.sqrt((variance[c] as number) + epsilon);
    return (gamma?.[c] ?? 1) / spread;
  });
  const at = (i: number, c: number) =>
    ((x[i] as number) + (bias?.[c] ?? 0) - (mean?.[c] ?? 0)) * (scales[c] as number) +
    (beta?.[c] ?? 0) +
    (residual?.[i] ?? 0);
  return { columns, scales, at };
}

/** y = f((x + bias − mean) / √(variance + ε) · gamma + beta + residual); y may be x. */
export function affineActivationOnHost({
  inputs,
  outputs: { y },
  attributes,
}: HostCall<Names, 'y', NormAttributes>): void {
  const { value } = hostActivations[attributes.activation];
  const { columns, at } = affineOf(inputs, attributes.epsilon);
  for (let i = 0; i < y.length; ) {
    for (let c = 0; c < columns; c++, i++) y[i] = value(at(i, c), attributes.alpha);
  }
}

/** dz = dy f′(z), and dx = dz · gamma / √(variance + ε) where it is asked for. */
export function affineGradientOnHost({
  inputs,
  outputs,
  attributes,
}: HostCall<Names | 'dy', 'dz' | 'dx', NormAttributes>): void {
  const { dz, dx } = outputs;
  const { slope } = hostActivations[attributes.activation];
  const { columns, scales, at } = affineOf(inputs, attributes.epsilon);
  for (let i = 0; i < dz.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const d = (inputs.dy[i] as number) * slope(at(i, c), attributes.alpha);
      dz[i] = d;
      if (dx !== undefined) dx[i] = d * (scales[c] as number);
    }
  }
}
