import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import { type CocoOptions, type CocoSettings, settingsOf } from './cocoOptions';
import type { CocoResult, CocoType } from './cocoScores';
import { type Evaluated, evaluateImages } from './evaluateImages';
import { summarize } from './summarize';

/**
 * `cocoEvaluate` for images that come a few at a time, with the same result in whatever order they come. Of an image
 * it keeps what became of each detection, in 48 bytes.
 */
export class StreamingCoco<Type extends CocoType> {
  readonly #settings: CocoSettings;
  readonly #options: string;
  #seen: Evaluated = nothing();

  /** @throws RangeError if an option is not what it may be. */
  constructor(options: CocoOptions<Type>) {
    this.#settings = settingsOf('StreamingCoco', options);
    this.#options = JSON.stringify([options.type, this.#settings.maxDets, options.keypointSigmas]);
  }

  /**
   * Adds images that have not been there, with all their annotations and detections.
   *
   * @throws as `cocoEvaluate` does, or RangeError when an image comes again; then nothing was added.
   */
  update(images: { groundTruth: CocoGroundTruth; detections: readonly CocoDetection[] }): this {
    const { kind, maxDets } = this.#settings;
    return this.#add('update', evaluateImages('StreamingCoco.update', images, kind, maxDets.at(-1) as number));
  }

  /**
   * Adds what another has seen.
   *
   * @throws RangeError when the other has other options, or has seen the same image.
   */
  merge(other: StreamingCoco<Type>): this {
    if (other.#options !== this.#options) {
      throw new RangeError(`StreamingCoco.merge: options must be ${this.#options}, got ${other.#options}`);
    }
    return this.#add('merge', other.#seen);
  }

  /** The scores of all that was added since the last `reset`. */
  compute(): CocoResult<Type> {
    return summarize(this.#seen, this.#settings.scores, this.#settings.maxDets) as CocoResult<Type>;
  }

  /** Forgets all images. */
  reset(): this {
    this.#seen = nothing();
    return this;
  }

  #add(method: string, { images, categories, matches }: Evaluated): this {
    const seen = this.#seen;
    for (const image of images) {
      if (seen.images.has(image)) {
        throw new RangeError(`StreamingCoco.${method}: images must be new, got ${image} again`);
      }
    }
    for (const image of images) seen.images.add(image);
    for (const [id, category] of categories) seen.categories.set(id, category);
    for (const match of matches) seen.matches.push(match);
    return this;
  }
}

function nothing(): Evaluated {
  return { images: new Set(), categories: new Map(), matches: [] };
}
