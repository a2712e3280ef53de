import * as all from '#index';

/**
 * The names of all layers and initializers, which `tf.loadLayersModel` knows once this is imported: for a page that loads
 * models without naming what they are made of, whose bundler would leave it out.
 *
 * @example
 * import '@tenonjs/core-layers/register';
 *
 * const model = await tf.loadLayersModel('model.json');
 */
export const registered: readonly string[] = Object.values(all).flatMap((value) =>
  typeof value === 'function' && 'className' in value ? [String(value.className)] : [],
);
