import type { RgbaImage } from '@tenonjs/visualization';
import type { Key, Method } from './methods';
import type { DrawnName } from './pictures';
import type { Settings } from './settings';

/** What the page asks of the worker. */
export type Request =
  /** Look at a picture: at the visitor's own, where there is one. */
  | { type: 'look'; settings: Settings; file?: File }
  /** Begin a method that goes step by step, on what was looked at last. */
  | { type: 'begin'; method: Method }
  | { type: 'run' | 'pause' | 'step' };

/** What the worker tells the page. */
export type Report =
  /** Colours of each key from its first to its last, as CSS has them. */
  | { type: 'colours'; colours: Record<Exclude<Key, 'none'>, string[]> }
  /** The drawn pictures of a seed. */
  | { type: 'drawn'; pictures: Record<DrawnName, RgbaImage> }
  | { type: 'seen'; sight: Sight }
  /** What a method shows. */
  | { type: 'shown'; method: Method; image: RgbaImage }
  /** All methods that take one look have been shown. */
  | { type: 'complete' }
  | { type: 'stations'; stations: Stations }
  | { type: 'made'; made: Made }
  /** A file is no picture: nothing has changed. */
  | { type: 'refused'; words: string };

/** A picture, and what the network says of it. */
export interface Sight {
  /** As the network gets it, 64 × 64. */
  image: RgbaImage;
  /** Of each shape. */
  probabilities: number[];
  /** The class that is explained. */
  target: number;
  /** The channel of the layer that answers most. */
  channel: number;
}

/** Some places of the occluder, one after another. */
export interface Stations {
  /** The place of the first of these among all. */
  first: number;
  of: number;
  /** The class's probability for the whole picture, … */
  whole: number;
  /** … and with the occluder at each of these, its upper left corner at [row, column]. */
  scores: number[];
  corners: (readonly [number, number])[];
  /** The occluder's height and width, and how far it goes from place to place. */
  window: number;
  step: number;
}

/** An image that is being made. */
export interface Made {
  method: Method;
  step: number;
  of: number;
  image: RgbaImage;
  /** What the network says of it. */
  probabilities: number[];
  finished: boolean;
}
