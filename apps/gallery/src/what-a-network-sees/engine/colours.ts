import { type ColorMapName, colorize } from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs-core';
import type { Key } from '../methods';

type Coloured = Exclude<Key, 'none'>;

/** Sizes from dark to bright, places from cold to hot, signs from blue to red. */
export const colourMaps = { size: 'inferno', heat: 'turbo', signs: 'coolwarm' } as const satisfies Record<
  Coloured,
  ColorMapName
>;

/** So many colours of each map. */
const SAMPLES = 33;

/** Colours of each map from its first to its last, as CSS has them. */
export async function cssColours(): Promise<Record<Coloured, string[]>> {
  const entries = Object.entries(colourMaps).map(async ([key, colorMap]) => {
    const colours = tf.tidy(() =>
      colorize(tf.reshape(tf.linspace(0, 1, SAMPLES), [1, SAMPLES]), { colorMap, range: [0, 1] }),
    );
    const numbers = await colours.data();
    colours.dispose();
    const css = Array.from({ length: SAMPLES }, (_, i) => {
      const bytes = [...numbers.subarray(3 * i, 3 * i + 3)].map((value) => Math.round(255 * value));
      return `rgb(${bytes.join(' ')})`;
    });
    return [key, css] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Coloured, string[]>;
}
