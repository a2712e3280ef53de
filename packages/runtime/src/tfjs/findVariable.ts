import * as tf from '@tensorflow/tfjs-core';

/**
 * The variable of a name: what an optimizer needs, which is handed gradients by the names of their variables.
 *
 * @throws Error when there is none, because it was disposed or never made.
 */
export function findVariable(name: string): tf.Variable {
  const variable = tf.engine().registeredVariables[name];
  if (variable === undefined) throw new Error(`findVariable: name must be that of a living variable, got ${name}`);
  return variable;
}
