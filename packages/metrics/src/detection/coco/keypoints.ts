import { checkNumbers } from '../../arguments/numbers';
import type { Kind } from './kind';

/** COCO's falloff of each of a person's 17 points. */
const PERSON = [
  0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89,
].map((tenfold) => tenfold / 10);

interface Pose {
  /** x, y, visibility of each point. */
  points: number[];
  box: number[];
  area: number;
  /** How many points are labelled. */
  labelled: number;
  /** How many the file says are. */
  counted: number;
}

/**
 * Poses. Their overlap is the similarity of keypoints, over the labelled ones:
 *
 *     mean exp(−dᵢ² / (2 (2σᵢ)² area))
 *
 * Where none is labelled, dᵢ is the distance from the true box, doubled.
 *
 * @throws RangeError if a sigma is not positive.
 */
export function poses(caller: string, sigmas: readonly number[] = PERSON): Kind<number[], Pose> {
  checkNumbers(caller, 'keypointSigmas', sigmas);
  const least = Math.min(...sigmas);
  if (least <= 0) throw new RangeError(`${caller}: keypointSigmas must be positive, got ${least}`);
  const variances = sigmas.map((sigma) => (2 * sigma) ** 2);
  const length = 3 * sigmas.length;
  return {
    truth(annotation) {
      const points = annotation.numbers('.keypoints', annotation.get('keypoints'), length);
      const labelled = variances.filter((_, i) => (points[3 * i + 2] as number) > 0).length;
      const counted = annotation.get('num_keypoints') === undefined ? labelled : annotation.number('num_keypoints');
      return { points, box: annotation.box(), area: annotation.number('area', 0), labelled, counted };
    },
    isVoid: ({ counted }) => counted === 0,
    found(detection) {
      const region = detection.numbers('.keypoints', detection.get('keypoints'), length);
      const [, , width, height] = detection.get('bbox') === undefined ? extent(region) : detection.box();
      return { region, area: (width as number) * (height as number) };
    },
    overlap(found, { points, box, area, labelled }) {
      let sum = 0;
      for (let i = 0; i < variances.length; i++) {
        const at = 3 * i;
        if (labelled && (points[at + 2] as number) <= 0) continue;
        const [dx, dy] = [0, 1].map((axis) => {
          const coordinate = found[at + axis] as number;
          if (labelled) return coordinate - (points[at + axis] as number);
          return beyond(coordinate, box[axis] as number, box[axis + 2] as number);
        }) as [number, number];
        sum += Math.exp(-(dx * dx + dy * dy) / (variances[i] as number) / (area + Number.EPSILON) / 2);
      }
      return sum / (labelled || variances.length);
    },
  };
}

/** How far a coordinate lies outside of a range that is thrice as long and has the given one in its middle. */
function beyond(at: number, from: number, length: number): number {
  return Math.max(0, from - length - at) + Math.max(0, at - from - 2 * length);
}

/** The box around a pose's points. */
function extent(points: number[]): number[] {
  const [x, y] = [0, 1].map((axis) => points.filter((_, i) => i % 3 === axis)) as [number[], number[]];
  const [left, top] = [Math.min(...x), Math.min(...y)];
  return [left, top, Math.max(...x) - left, Math.max(...y) - top];
}
