import { defineOp } from '../../tfjs/ops/defineOp';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import { fusedConvolutionInSimd } from '../../tfjs/wasmKernels/affineInSimd';
import { activationCode } from '../activations/wgsl';
import { type NormAttributes, namesOf } from '../normalize/affine';
import { type AffineInputs, affineActivation, affineCode } from '../normalize/affineActivation';
import { affineActivationOnHost } from '../normalize/affineOnHost';
import { convolve } from './convolve';
import { type Geometry, outputShape } from './geometry';
import { convolutionPass } from './gpuKernels';
import { convolveOnHost } from './onHost';

type Names = AffineInputs | 'kernel';

/** A convolution with its bias, a norm by given statistics, a residual and an activation, at once. */
export const fusedConvolution = /* @__PURE__ */ defineOp<Names, 'y', Geometry & NormAttributes>({
  name: 'fusedConvolution',
  outputs: (_, attributes) => ({ y: { shape: outputShape(attributes), dtype: 'float32' } }),
  compose({ x, kernel, ...after }, attributes) {
    const { y } = convolve({ x, kernel }, attributes);
    const isAll = attributes.activation === 'linear' && Object.values(after).every((tensor) => tensor === undefined);
    return isAll ? { y } : affineActivation({ x: y, ...after }, attributes);
  },
  webgpu({ inputs, attributes: { epsilon, activation, alpha, ...geometry } }) {
    return convolutionPass(geometry, {
      functions: activationCode(activation),
      result: `activate(${affineCode('value', inputs)})`,
      reads: namesOf(inputs, 'bias', 'gamma', 'beta', 'mean', 'variance', 'residual'),
      floats: { epsilon, alpha },
    });
  },
  cpu: runOnHost,
  wasm: (call) => fusedConvolutionInSimd(call) || runOnHost(call),
});

function runOnHost(call: HostCall<Names, 'y', Geometry & NormAttributes>): void {
  convolveOnHost(call);
  affineActivationOnHost({ ...call, inputs: { ...call.inputs, x: call.outputs.y } });
}
