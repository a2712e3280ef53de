import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import { type Opened, open, type Placed } from './groundTruth';
import type { Kind } from './kind';
import { type Area, areas, type Matches, match, type Truth } from './match';

/** How the detections of one class in one image fared. */
export interface ImageMatches {
  image: number;
  category: number;
  /** [D], descending. */
  scores: number[];
  byArea: Record<Area, Matches>;
}

/** What is known of a set of images once their detections are matched. */
export interface Evaluated {
  images: Set<number>;
  categories: Opened['categories'];
  matches: ImageMatches[];
}

interface Objects<Found, True> {
  truths: (Truth & { region: True })[];
  found: { score: number; area: number; region: Found }[];
}

/**
 * Reads ground truth and detections, and matches them image by image, class by class.
 *
 * @param most - how many detections of an image and class count, the surest first.
 * @throws TypeError or RangeError that names the first field that is not as it must be.
 */
export function evaluateImages<Found, True>(
  caller: string,
  { groundTruth, detections }: { groundTruth: CocoGroundTruth; detections: readonly CocoDetection[] },
  kind: Kind<Found, True>,
  most: number,
): Evaluated {
  const { images, categories, ...placed } = open(caller, groundTruth, detections);
  const groups = new Map<number, Map<number, Objects<Found, True>>>();
  const groupOf = ({ imageId, category }: Placed) => {
    const inImage = groups.get(imageId) ?? new Map<number, Objects<Found, True>>();
    const group = inImage.get(category) ?? { truths: [], found: [] };
    groups.set(imageId, inImage.set(category, group));
    return group;
  };

  for (const annotation of placed.annotations) {
    const { item, image } = annotation;
    const region = kind.truth(item, image);
    const crowd = item.get('iscrowd') !== undefined && item.number('iscrowd') !== 0;
    const ignored = crowd || !!kind.isVoid?.(region);
    groupOf(annotation).truths.push({ region, crowd, ignored, area: item.number('area', 0) });
  }
  for (const detection of placed.detections) {
    const { item, image } = detection;
    groupOf(detection).found.push({ score: item.number('score'), ...kind.found(item, image) });
  }

  const matches: ImageMatches[] = [];
  for (const [image, inImage] of groups) {
    for (const [category, { truths, found }] of inImage) {
      const surest = found.sort((a, b) => b.score - a.score).slice(0, most);
      const overlaps = surest.flatMap((one) => truths.map((t) => kind.overlap(one.region, t.region, t.crowd)));
      const sizes = surest.map(({ area }) => area);
      const byArea = Object.fromEntries(
        Object.keys(areas).map((area) => [area, match(overlaps, sizes, truths, area as Area)]),
      ) as Record<Area, Matches>;
      matches.push({ image, category, scores: surest.map(({ score }) => score), byArea });
    }
  }
  return { images: new Set(images.keys()), categories, matches };
}
