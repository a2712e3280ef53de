import type * as tfl from '@tensorflow/tfjs-layers';
import { kindOf } from './kind';

type Pair = readonly [number, number];

/** Where the windows of a pooling lie. */
export interface PoolWindow {
  poolSize: Pair;
  strides: Pair;
  /** Rows, and columns, before and after the image that windows reach over it. */
  around: readonly [Pair, Pair];
}

/** Whether a layer is a max pooling of images, channels last. */
export const isMaxPool = (layer: tfl.layers.Layer): boolean =>
  kindOf(layer) === 'MaxPooling2D' && layer.getConfig().dataFormat !== 'channelsFirst';

/** Whether a layer takes the mean over all places of each channel. */
export const isGlobalAverage = (layer: tfl.layers.Layer): boolean => kindOf(layer) === 'GlobalAveragePooling2D';

/** A max pooling's configuration, of tf.layers or of core-layers. */
interface PoolConfig {
  poolSize: number | Pair;
  strides: number | Pair;
  padding: 'valid' | 'same' | number | readonly [Pair, Pair];
}

const pairOf = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value);

/** The windows of a max pooling over maps [B, H, W, C]. */
export function windowOf(layer: tfl.layers.Layer, shape: readonly number[]): PoolWindow {
  const { padding, ...config } = layer.getConfig() as unknown as PoolConfig;
  const [poolSize, strides] = [pairOf(config.poolSize), pairOf(config.strides)];
  const pooled = layer.computeOutputShape([...shape]) as number[];
  const along = (d: 0 | 1): Pair => {
    const missing = ((pooled[d + 1] as number) - 1) * strides[d] + poolSize[d] - (shape[d + 1] as number);
    const same = Math.floor(Math.max(0, missing) / 2);
    const given = typeof padding === 'object' ? padding[d][0] : padding;
    const before = typeof given === 'number' ? given : given === 'same' ? same : 0;
    return [before, Math.max(0, missing - before)];
  };
  return { poolSize, strides, around: [along(0), along(1)] };
}
