import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import { type CocoOptions, settingsOf } from './cocoOptions';
import type { CocoResult, CocoType } from './cocoScores';
import { evaluateImages } from './evaluateImages';
import { summarize } from './summarize';

/**
 * COCO's average precision and recall of detected objects, as pycocotools computes them: the mean over the overlaps
 * 0.50, 0.55, …, 0.95 and over the classes; precision at 101 recalls, each the best at that recall or a higher one.
 *
 * As there, an annotation is ignored if `iscrowd` says so (or if it has no labelled keypoints), and `ignore` is not
 * read; a detection of no listed category is passed over; its size is that of `bbox` where it has one. Unlike there,
 * annotations need no `id`.
 *
 * Reference: Lin et al., "Microsoft COCO: common objects in context", 2014; cocoapi, cocoeval.py.
 *
 * @param options.groundTruth - COCO's annotation file, parsed. Masks need `height` and `width` of the images.
 * @param options.detections - COCO's results file, parsed.
 * @returns the scores, −1 where there was nothing to find, and those of each class.
 * @throws TypeError or RangeError that names the first field that is not as it must be.
 */
export function cocoEvaluate<Type extends CocoType>(
  options: CocoOptions<Type> & { groundTruth: CocoGroundTruth; detections: readonly CocoDetection[] },
): CocoResult<Type> {
  const { kind, scores, maxDets } = settingsOf('cocoEvaluate', options);
  const evaluated = evaluateImages('cocoEvaluate', options, kind, maxDets.at(-1) as number);
  return summarize(evaluated, scores, maxDets) as CocoResult<Type>;
}
