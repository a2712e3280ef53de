import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, layers, Shape } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { type CallArgs, only, onlyShape, TenonLayer } from './layer';
import { type LayerArgs, type Saved, toObject, toSaved } from './saved';

type Layer = InstanceType<typeof layers.Layer>;

export interface WrapperArgs extends LayerArgs {
  /** A layer with a `kernel`, of this package or of tfjs, that stands in no model. */
  layer: Layer | Saved;
}

/** What of a layer a wrapper exchanges. */
interface WithKernel {
  kernel: Pick<LayerVariable, 'read'>;
}

/** A layer that lets another one compute with a kernel that is made of the other's. */
export abstract class KernelWrapper<Options extends object = object> extends TenonLayer<Options> {
  readonly layer: Layer;

  constructor(caller: string, args: WrapperArgs, options: Options) {
    const layer = toObject(caller, 'layer', args.layer);
    if (layer.built && !('kernel' in layer)) complain(caller, 'layer', 'one with a kernel', layer.getClassName());
    super(args, options);
    this.layer = layer;
  }

  /** The kernel to compute with. */
  protected abstract kernelOf(kernel: tf.Tensor, kwargs: CallArgs): tf.Tensor;

  /** What the wrapper needs beside the kernel; it is built. */
  protected abstract addOwnWeights(kernel: tf.Tensor): void;

  override build(inputShape: Shape | Shape[]): void {
    const { layer } = this;
    if (!layer.built) {
      layer.build(onlyShape(inputShape));
      layer.built = true;
    }
    if (!('kernel' in layer)) complain(this.title, 'layer', 'one with a kernel', layer.getClassName());
    this.trainableWeights = [...layer.trainableWeights];
    this.nonTrainableWeights = [...layer.nonTrainableWeights];
    this.addOwnWeights((layer as unknown as WithKernel).kernel.read());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor | tf.Tensor[] {
    const holder = this.layer as unknown as WithKernel;
    const own = holder.kernel;
    return tf.tidy(() => {
      const kernel = this.kernelOf(own.read(), kwargs);
      holder.kernel = { read: () => kernel };
      try {
        return this.layer.call(only(inputs), kwargs);
      } finally {
        holder.kernel = own;
      }
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return this.layer.computeOutputShape(inputShape);
  }

  override get trainable(): boolean {
    return super.trainable;
  }

  override set trainable(trainable: boolean) {
    super.trainable = trainable;
    this.layer.trainable = trainable;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), layer: { ...toSaved(this.layer) } };
  }
}
