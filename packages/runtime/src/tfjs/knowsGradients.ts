import * as tf from '@tensorflow/tfjs-core';

/** Whether tfjs can differentiate: tfjs-core alone cannot, `import '@tensorflow/tfjs'` teaches it. */
export const knowsGradients = (): boolean => tf.getGradient('Add') !== undefined;
