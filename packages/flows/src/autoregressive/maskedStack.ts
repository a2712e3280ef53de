import * as tf from '@tensorflow/tfjs-core';
import type { PixelNetwork } from './canvas';
import { layerMaker, type NetworkSizes, placesOf } from './layers';

/**
 * One stack of masked convolutions: a large one, then residual blocks, then places by themselves.
 *
 *     h ← conv_A(x);   h ← h + 1×1(relu(conv_B(relu(1×1(relu(h))))));   out = 1×1(relu(1×1(relu(h))))
 *
 * Reference: van den Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", 2016, tab. 1 and fig. 5.
 */
export function maskedStack(sizes: NetworkSizes): PixelNetwork {
  const { shape, outputs, groups, filters, kernelSize: k, firstKernelSize: first, hidden } = sizes;
  const { layers, make } = layerMaker(sizes);
  const B = { mask: 'B', groups, gain: 2 } as const;
  const wide = 2 * filters;
  const start = make('first', { shape: [first, first, shape[2], wide], mask: 'A', groups, context: true });
  const blocks = Array.from({ length: sizes.layers }, (_, i) => ({
    narrow: make(`block${i}.narrow`, { ...B, shape: [1, 1, wide, filters] }),
    look: make(`block${i}.look`, { ...B, shape: [k, k, filters, filters], context: true }),
    widen: make(`block${i}.widen`, { ...B, shape: [1, 1, filters, wide], gain: 1 }),
  }));
  const last = make('hidden', { ...B, shape: [1, 1, wide, hidden] });
  const out = make('out', { ...B, shape: [1, 1, hidden, outputs], gain: 0 });
  const places = placesOf(sizes, wide);

  return {
    layers,
    places,
    apply(canvas) {
      let h = canvas.raster(start, canvas.image);
      if (places) h = tf.add(h, canvas.here(places as unknown as tf.Tensor4D, 'places'));
      for (const { narrow, look, widen } of blocks) {
        const seen = canvas.raster(look, tf.relu(canvas.raster(narrow, tf.relu(h))));
        h = tf.add(h, canvas.raster(widen, tf.relu(seen)));
      }
      return canvas.raster(out, tf.relu(canvas.raster(last, tf.relu(h))));
    },
  };
}
