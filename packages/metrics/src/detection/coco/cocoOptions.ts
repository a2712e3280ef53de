import { describe } from '../../arguments/describe';
import { boxes } from './boxes';
import { type CocoType, detectionScores, keypointScores, type Measure } from './cocoScores';
import { poses } from './keypoints';
import type { Kind } from './kind';
import { masks } from './masks';

/** What is compared, and how. */
export interface CocoOptions<Type extends CocoType> {
  /** Rectangles, masks or poses. */
  readonly type: Type;
  /** How many detections an image and class count, ascending: [1, 10, 100], whose places AR1, AR10 and AR100 name; for poses [20]. */
  readonly maxDets?: readonly number[];
  /** How far off each point of a pose may be, against the square root of the object's area; COCO's 17 of a person. */
  readonly keypointSigmas?: readonly number[];
}

/** Options that are checked, with what follows from them. */
export interface CocoSettings {
  // biome-ignore lint/suspicious/noExplicitAny: what it compares is its own affair
  kind: Kind<unknown, any>;
  scores: Record<string, Measure>;
  maxDets: readonly number[];
}

/** @throws RangeError if an option is not what it may be. */
export function settingsOf(caller: string, options: CocoOptions<CocoType>): CocoSettings {
  const { type, maxDets = type === 'keypoints' ? [20] : [1, 10, 100], keypointSigmas } = options;
  const kind = { bbox: () => boxes, segm: () => masks, keypoints: () => poses(caller, keypointSigmas) }[type]?.();
  if (!kind) {
    throw new RangeError(`${caller}: type must be 'bbox', 'segm' or 'keypoints', got ${describe(type)}`);
  }
  const count = type === 'keypoints' ? 1 : 3;
  const ascend = (most: number, i: number) => Number.isSafeInteger(most) && most > (i && (maxDets[i - 1] as number));
  if (!Array.isArray(maxDets) || maxDets.length !== count || !maxDets.every(ascend)) {
    const expected = count === 1 ? '[n], a positive integer' : 'three positive integers, ascending';
    throw new RangeError(`${caller}: maxDets must be ${expected}, got ${JSON.stringify(maxDets)}`);
  }
  return {
    kind: kind as CocoSettings['kind'],
    scores: type === 'keypoints' ? keypointScores : detectionScores,
    maxDets,
  };
}
