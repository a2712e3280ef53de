import * as tf from '@tensorflow/tfjs-core';
import { initializers, type layers, type regularizers } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import type { Initializer } from '../initializers/initializer';
import * as named from '../initializers/named';
import { Orthogonal } from '../initializers/orthogonal';

/** What tfjs's regularizers are. */
export type Regularizer = ReturnType<typeof regularizers.l2>;

/** An object of a registered class as a config holds it. */
export interface Saved {
  className: string;
  config: tf.serialization.ConfigDict;
}

/** Names of initializers: of this package, or of tfjs. */
export type InitializerName = keyof typeof byName;

const byName = {
  ...named,
  orthogonal: () => new Orthogonal(),
  zeros: () => initializers.zeros(),
  ones: () => initializers.ones(),
};

export type InitializerArg = Initializer | InitializerName | Saved;
export type RegularizerArg = Regularizer | Saved;

/** An initializer by its name, of a config, or as it is. */
export function toInitializer(caller: string, argument: string, given: InitializerArg): Initializer {
  if (typeof given !== 'string') return toObject(caller, argument, given);
  const make = byName[given] ?? complain(caller, argument, `one of ${Object.keys(byName).join(', ')}`, given);
  return make();
}

/** An object of a registered class, or what a config says of one. */
export function toObject<T extends tf.serialization.Serializable>(
  caller: string,
  argument: string,
  given: T | Saved,
): T {
  if (given instanceof tf.serialization.Serializable) return given;
  if (typeof given?.className !== 'string') return complain(caller, argument, 'an object of a registered class', given);
  const known = tf.serialization.SerializationMap.getMap().classNameMap[given.className];
  if (known === undefined) {
    return complain(caller, argument, 'of a class known to tf.serialization.registerClass', given.className);
  }
  const [cls, fromConfig] = known;
  return fromConfig(cls, given.config) as T;
}

/** An object as a config holds it. */
export const toSaved = (object: tf.serialization.Serializable): Saved => ({
  className: object.getClassName(),
  config: object.getConfig(),
});

/** What every layer of tfjs is constructed with. */
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Arguments of a layer as it keeps them: all there but those named, without what every layer has. */
export type Filled<Args, Optional extends keyof Args = never> = Required<
  Omit<Args, keyof LayerArgs | 'seed' | Optional>
> & { [Key in Optional]: Args[Key] | undefined };
