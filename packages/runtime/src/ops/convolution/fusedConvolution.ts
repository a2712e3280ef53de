import { defineOp } from '../../tfjs/ops/defineOp';
import type { NormAttributes } from '../normalize/affine';
import { type AffineInputs, affineActivation } from '../normalize/affineActivation';
import { convolve } from './convolve';
import { type Geometry, outputShape } from './geometry';

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
});
