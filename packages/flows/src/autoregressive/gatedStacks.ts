import * as tf from '@tensorflow/tfjs-core';
import type { PixelNetwork } from './canvas';
import { gate } from './gate';
import { layerMaker, type NetworkSizes, placesOf } from './layers';

/**
 * Two stacks of gated convolutions side by side: a vertical one, which sees all rows above, and a horizontal one, which sees
 * what is left of a place in its row and is told what the vertical one sees. Together they see all that comes before.
 *
 *     v' = conv(v),   v ← gate(v'),   h ← h + 1×1(gate(conv(h) + 1×1(v'))),   gate([a, b]) = tanh(a) ∘ σ(b)
 *
 * Reference: van den Oord et al., "Conditional image generation with PixelCNN decoders", 2016, §2 and fig. 2.
 */
export function gatedStacks(sizes: NetworkSizes): PixelNetwork {
  const { shape, outputs, groups, filters, kernelSize, firstKernelSize, hidden } = sizes;
  const { layers, make } = layerMaker(sizes);
  const wide = 2 * filters;
  const places = placesOf(sizes, wide);
  const stack = Array.from({ length: sizes.layers + 1 }, (_, i) => {
    const [k, inputs, mask] =
      i === 0 ? ([firstKernelSize, shape[2], 'A'] as const) : ([kernelSize, filters, 'B'] as const);
    return {
      down: make(`layer${i}.vertical`, { shape: [k, k, inputs, wide], mask, vertical: true, context: true }),
      link: make(`layer${i}.link`, { shape: [1, 1, wide, wide], mask: 'B', vertical: true }),
      along: make(`layer${i}.horizontal`, { shape: [1, k, inputs, wide], mask, groups, context: true }),
      mix: make(`layer${i}.mix`, { shape: [1, 1, filters, filters], mask: 'B', groups }),
    };
  });
  const last = make('hidden', { shape: [1, 1, filters, hidden], mask: 'B', groups, gain: 2 });
  const out = make('out', { shape: [1, 1, hidden, outputs], mask: 'B', groups, gain: 0 });

  return {
    layers,
    places,
    apply(canvas) {
      const links = canvas.rows(() => {
        let v = canvas.image;
        return stack.map(({ down, link }, i) => {
          let seen = canvas.vertical(down, v);
          if (places && i === 0) seen = tf.add(seen, canvas.here(places as unknown as tf.Tensor4D, 'places'));
          if (i < stack.length - 1) v = gate(seen);
          return canvas.vertical(link, seen);
        });
      });
      let h = canvas.image;
      stack.forEach(({ along, mix }, i) => {
        const link = canvas.here(links[i] as tf.Tensor4D, 'rows');
        const step = canvas.raster(mix, gate(tf.add(canvas.raster(along, h), link), groups));
        h = i === 0 ? step : tf.add(h, step);
      });
      return canvas.raster(out, tf.relu(canvas.raster(last, tf.relu(h))));
    },
  };
}
