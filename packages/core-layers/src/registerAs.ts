import * as tf from '@tensorflow/tfjs-core';

/**
 * Makes a class of layers or initializers known to `tf.loadLayersModel`, and is its name. As the value of its own `className`,
 * marked as pure, the call goes where the class goes: a bundler leaves out both where nobody names the class.
 *
 * @param of - gives the class: not every bundler takes `this` alone for free of effects.
 * @param className - what stands in files, `Package>Name`: so none takes the place of one of `tf.layers`.
 * @returns the name.
 *
 * @example
 * class Gate extends TenonLayer {
 *   static readonly className: string = /* @__PURE__ *\/ registerAs(() => this, 'Mine>Gate');
 * }
 */
export function registerAs(
  of: () => Parameters<typeof tf.serialization.registerClass>[0],
  className: `${string}>${string}`,
): string {
  const [library, name] = className.split('>') as [string, string];
  const registered = of();
  registered.className = className;
  tf.serialization.registerClass(registered, library, name);
  return className;
}
