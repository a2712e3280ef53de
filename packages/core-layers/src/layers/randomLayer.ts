import { deriveSeed, type Seed, type SeedSequence, seedSequence } from '@tenonjs/runtime';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type CallArgs, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface RandomLayerArgs extends LayerArgs {
  /** An integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * A layer that draws numbers in training. Its seed is one of the step's, which `model.apply(x, { training: true, seed })`
 * hands to every layer, and of its own, so that two layers draw different numbers. Where a step has no seed, as in
 * `model.fit`, the layer counts its calls.
 */
export abstract class RandomLayer<Options extends object> extends TenonLayer<Options> {
  private calls?: SeedSequence;

  override build(inputShape: Shape | Shape[]): void {
    this.calls = seedSequence({ seed: this.ownSeed });
    super.build(inputShape);
  }

  /** The seed of this call. On the device, its tensor is to be disposed: call it inside a tidy. */
  protected seedOf({ seed }: CallArgs): Seed {
    if (seed !== undefined) return deriveSeed(seed, this.ownSeed);
    return (this.calls as SeedSequence).next();
  }

  protected override disposeWeights(): number {
    this.calls?.dispose();
    return super.disposeWeights();
  }
}
