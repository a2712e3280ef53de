import { checkCount } from '../../arguments/count';
import { checkLength } from '../../arguments/numbers';
import { checkOneOf } from '../../arguments/oneOf';
import { boxes } from './boxes';
import { type CocoType, detectionScores, keypointScores } from './cocoScores';
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
  scores: readonly string[];
  maxDets: readonly number[];
}

/** @throws RangeError if an option is not what it may be. */
export function settingsOf(caller: string, options: CocoOptions<CocoType>): CocoSettings {
  const { type, keypointSigmas } = options;
  checkOneOf(caller, 'type', type, ['bbox', 'segm', 'keypoints']);
  const isPose = type === 'keypoints';
  const { maxDets = isPose ? [20] : [1, 10, 100] } = options;
  checkLength(caller, 'maxDets', maxDets, isPose ? 1 : 3);
  for (const [i, most] of maxDets.entries()) checkCount(caller, `maxDets[${i}]`, most, (maxDets[i - 1] ?? 0) + 1);
  const kind = isPose ? poses(caller, keypointSigmas) : type === 'segm' ? masks : boxes;
  return { kind: kind as CocoSettings['kind'], scores: isPose ? keypointScores : detectionScores, maxDets };
}
