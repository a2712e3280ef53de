import type * as tfl from '@tensorflow/tfjs-layers';

/** What kind a layer is, whether of tf.layers or of core-layers: 'Dense', 'MaxPooling2D', … */
export const kindOf = (layer: tfl.layers.Layer): string => layer.getClassName().replace('Tenon>', '');
