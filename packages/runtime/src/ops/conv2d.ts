import * as tf from '@tensorflow/tfjs-core';
import { gradientDepth } from '../tfjs/ops/gradient';
import { activationNames, defaultAlpha } from './activations/names';
import { type BiasActivationOptions, biasActivation } from './biasActivation';
import { checkFloat, checkName, checkNumber, checkShape, complain } from './check';
import { convolve } from './convolution/convolve';
import { fusedConvolution } from './convolution/fusedConvolution';
import { geometryOf, outputShape, type WindowOptions } from './convolution/geometry';
import { affineActivation } from './normalize/affineActivation';
import { normalizeByBatch } from './normalize/normalizeByBatch';

/** A batch norm between a convolution and its activation; each tensor of shape [F]. */
export interface ConvolutionNorm {
  /** None is 1. */
  gamma?: tf.Tensor | undefined;
  /** None is 0. */
  beta?: tf.Tensor | undefined;
  /** In training a variable that is moved in place, else what to normalise by. */
  runningMean: tf.Tensor;
  /** As runningMean. */
  runningVariance: tf.Tensor;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
  /** How far the running statistics go towards the batch's. Default 0.1. */
  momentum?: number;
  /** Whether the running variance takes the batch's over n − 1, as PyTorch does (default), or over n, as Keras. */
  unbiased?: boolean;
}

export interface Conv2dOptions extends WindowOptions, BiasActivationOptions {
  /** Shape [F]; none adds nothing. */
  bias?: tf.Tensor | undefined;
  norm?: ConvolutionNorm | undefined;
  /** Whether to normalise by the batch's own statistics. Default false. */
  training?: boolean;
  /** Added before the activation, shape [B, OH, OW, F]. */
  residual?: tf.Tensor | undefined;
  /** So many parts of the channels are convolved each by itself. Default 1. */
  groups?: number;
}

/**
 * A convolution of images with all that follows it in a network: `y = f(norm(conv(x, kernel) + bias) + residual)`.
 *
 * `conv(x, kernel)[b, p, q, f] = Σ x[b, p·s + i·d − top, q·s + j·d − left, c] kernel[i, j, c, f]`, over i, j and the c of
 * f's group. On WebGPU one dispatch, when nothing is differentiated and no norm takes the batch's statistics.
 *
 * Reference: LeCun et al., "Gradient-based learning applied to document recognition", 1998; Ioffe, Szegedy, "Batch
 * normalization", 2015; He et al., "Deep residual learning for image recognition", 2016.
 *
 * @param x - float32, shape [B, H, W, C].
 * @param kernel - shape [kh, kw, C / groups, F].
 * @returns shape [B, OH, OW, F].
 * @throws TypeError when shapes do not fit, an option has no such value, or a running statistic is no variable in training.
 *
 * @example
 * const y = conv2d(x, kernel, { norm, residual: x, activation: 'relu', padding: 1 });
 */
export function conv2d(x: tf.Tensor, kernel: tf.Tensor, options: Conv2dOptions = {}): tf.Tensor {
  checkFloat('conv2d', 'kernel', kernel);
  if (kernel.rank !== 4) complain('conv2d', 'kernel', 'of shape [kh, kw, C / groups, F]', `[${kernel.shape}]`);
  return convolveFor('conv2d', x, kernel, options);
}

/** A convolution whose errors name the op that was called. */
export function convolveFor(op: string, x: tf.Tensor, kernel: tf.Tensor, options: Conv2dOptions): tf.Tensor {
  const { bias, norm, training = false, residual, groups = 1, activation = 'linear' } = options;
  const { alpha = defaultAlpha(activation) } = options;
  const { gamma, beta, runningMean, runningVariance, epsilon = 1e-5, momentum = 0.1, unbiased = true } = norm ?? {};
  checkFloat(op, 'x', x);
  if (x.rank !== 4) complain(op, 'x', 'of shape [B, H, W, C]', `[${x.shape}]`);
  const channels = x.shape[3] as number;
  const [, , perGroup, filters] = kernel.shape as [number, number, number, number];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0) {
    complain(op, 'groups', `a divisor of ${channels} channels and of ${filters} filters`, String(groups));
  }
  if (perGroup * groups !== channels) {
    complain(op, 'kernel', `of shape [kh, kw, ${channels / groups}, F]`, `[${kernel.shape}]`);
  }
  const geometry = geometryOf(op, x, kernel.shape, options, groups);
  for (const [name, tensor] of Object.entries({ bias, gamma, beta, runningMean, runningVariance })) {
    checkShape(op, name, tensor, [filters]);
  }
  if (norm !== undefined && (runningMean === undefined || runningVariance === undefined)) {
    complain(op, 'norm', 'given runningMean and runningVariance', 'none');
  }
  checkShape(op, 'residual', residual, outputShape(geometry));
  checkName(op, 'activation', activation, activationNames);
  checkNumber(op, 'alpha', alpha);
  checkNumber(op, 'epsilon', epsilon, { least: 0 });
  checkNumber(op, 'momentum', momentum, { least: 0, most: 1 });

  const attributes = { epsilon, activation, alpha };
  const after = { bias, gamma, beta, residual, mean: runningMean, variance: runningVariance };
  return tf.tidy(() => {
    if (norm !== undefined && training) {
      const { y } = convolve({ x, kernel }, geometry);
      const shifted = bias === undefined ? y : tf.add(y, bias);
      const running = { runningMean, runningVariance, momentum, unbiased };
      return normalizeByBatch(op, { x: shifted, gamma, beta, residual }, attributes, running);
    }
    // Its gradient needs what stands before the activation.
    if (gradientDepth() === 0) return fusedConvolution({ x, kernel, ...after }, { ...geometry, ...attributes }).y;
    const { y } = convolve({ x, kernel }, geometry);
    if (norm !== undefined || residual !== undefined) return affineActivation({ x: y, ...after }, attributes).y;
    return bias === undefined && activation === 'linear' ? y : biasActivation(y, bias, { activation, alpha });
  });
}
