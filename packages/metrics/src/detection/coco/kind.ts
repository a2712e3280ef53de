import type { JsonItem } from './jsonItem';

/** What is compared, a kind of region: how it is read, and how far a found one overlaps a true one. */
export interface Kind<Found, True> {
  /** Reads the region of an annotation. */
  truth(annotation: JsonItem, image: JsonItem): True;
  /** Whether an annotation's region has nothing in it to find, so that it neither counts nor counts against. */
  isVoid?(region: True): boolean;
  /** Reads the region of a detection, and how large it is in pixels. */
  found(detection: JsonItem, image: JsonItem): { region: Found; area: number };
  /** From 0, apart, to 1, the same. A crowd covers whatever is found inside it. */
  overlap(found: Found, truth: True, crowd: boolean): number;
}
