/** A region: polygons, each x₁, y₁, x₂, y₂, …; or runs of pixels down the columns, compressed to a string or not. */
export type CocoSegmentation =
  | readonly (readonly number[])[]
  | { readonly size: readonly number[]; readonly counts: string | readonly number[] };

/** What COCO's ground truth and its results have in common; which field is needed depends on what is compared. */
interface CocoObject {
  readonly image_id: number;
  readonly category_id: number;
  /** x, y of the upper left corner, width, height. */
  readonly bbox?: readonly number[];
  readonly segmentation?: CocoSegmentation;
  /** x, y and visibility of each point, one after another. */
  readonly keypoints?: readonly number[];
}

/** One object that is there. */
export interface CocoAnnotation extends CocoObject {
  readonly area?: number;
  readonly iscrowd?: number;
  readonly num_keypoints?: number;
}

/** One object that was found. */
export interface CocoDetection extends CocoObject {
  readonly score: number;
}

/** COCO's annotation file, parsed: the fields that are read; others may be there. */
export interface CocoGroundTruth {
  readonly images: readonly { readonly id: number; readonly height?: number; readonly width?: number }[];
  readonly categories: readonly { readonly id: number; readonly name?: string }[];
  readonly annotations: readonly CocoAnnotation[];
}
