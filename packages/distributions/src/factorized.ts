import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from './arguments';
import type { Distribution } from './distribution';
import { withoutGradient } from './gradients';
import { eventShapeOf, type Parameter, toTensor } from './parameter';
import { logProbWithin } from './support';

/**
 * A distribution whose elements are independent of each other, each with a law of the same family:
 *
 *     log p(x) = Σᵢ log p(xᵢ | θᵢ),   H = Σᵢ Hᵢ
 *
 * A subclass says what one element does, in ops that work on all of them at once; the rest is derived here.
 */
export abstract class Factorized<Name extends string> implements Distribution {
  readonly eventShape: number[];
  /** The parameters θ, each of a shape that broadcasts to E; tensors of the distribution or of who made it. */
  readonly parameters: Record<Name, tf.Tensor>;
  private readonly family: string;
  private readonly made: tf.Tensor[] = [];

  /** @param shape - E; without it, what the parameters broadcast to. */
  protected constructor(family: string, parameters: Record<Name, Parameter>, shape?: number[]) {
    this.family = family;
    this.eventShape = eventShapeOf(family, parameters, shape);
    const names = Object.keys(parameters) as Name[];
    const tensors = names.map((name) => [name, toTensor(parameters[name], this.made)]);
    this.parameters = Object.fromEntries(tensors) as Record<Name, tf.Tensor>;
  }

  /** One draw for each element of `shape` = [n, ...E]. */
  protected abstract draw(shape: number[], seed: Seed): tf.Tensor;
  /** log p(xᵢ | θᵢ), shape [batch, ...E]. */
  protected abstract elementLogProb(x: tf.Tensor): tf.Tensor;
  /** Hᵢ, of a shape that broadcasts to E; so are the next two. */
  protected abstract elementEntropy(): tf.Tensor;
  protected abstract elementMean(): tf.Tensor;
  protected abstract elementVariance(): tf.Tensor;
  /** Which elements have a density of 0, [batch, ...E], bool, where some have. There `elementLogProb` is finite. */
  protected outside?(x: tf.Tensor): tf.Tensor;

  get mean(): tf.Tensor {
    return tf.tidy(() => this.spread(this.elementMean()));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => this.spread(this.elementVariance()));
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor {
    checkCount(`${this.family}.sample`, 'n', n);
    return tf.tidy(() => this.draw([n, ...this.eventShape], seed));
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints(`${this.family}.logProb`, x, this.eventShape);
    return tf.tidy(() => {
      const total = tf.sum(this.perPoint(this.elementLogProb(x)), 1);
      if (!this.outside) return total as tf.Tensor1D;
      const impossible = withoutGradient((points) => tf.any(this.perPoint(this.outside?.(points) as tf.Tensor), 1), x);
      return logProbWithin(total, impossible);
    });
  }

  entropy(): tf.Scalar {
    return tf.tidy(() => tf.sum(this.spread(this.elementEntropy())));
  }

  dispose(): void {
    tf.dispose(this.made);
  }

  /** f of each element by itself, at points or probabilities: [batch, ...E] → [batch, ...E]. */
  protected elementwise(method: string, x: tf.Tensor, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
    checkPoints(`${this.family}.${method}`, x, this.eventShape);
    return tf.tidy(() => f(x));
  }

  /** One row a point: [batch, ...E] → [batch, |E|]. */
  protected perPoint(elements: tf.Tensor): tf.Tensor2D {
    return tf.reshape(elements, [elements.shape[0] as number, tf.util.sizeFromShape(this.eventShape)]);
  }

  private spread(elements: tf.Tensor): tf.Tensor {
    return tf.add(elements, tf.zeros(this.eventShape));
  }
}
