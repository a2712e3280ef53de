import { type Rules, writingOf } from '../page/settings';
import { type BackendName, backendNames } from '../worker/backends';
import { type Method, methodNames } from './methods';
import { type LayerName, layerNames } from './network/layers';
import { type PictureName, pictureNames } from './pictures';
import { type ShapeName, shapeNames } from './shapes/outlines';

export const networkNames = ['trained', 'untrained'] as const;
export type NetworkName = (typeof networkNames)[number];

/** Everything that decides what a visitor sees, but for a picture of their own. */
export interface Settings {
  picture: PictureName;
  network: NetworkName;
  /** The class that is explained: the likeliest, or one of them. */
  target: 'likeliest' | ShapeName;
  layer: LayerName;
  /** The one that is shown large. */
  method: Method;
  /** Of drawn pictures, of noise, and of what is made step by step. */
  seed: number;
  backend: BackendName;
}

export const defaults: Settings = {
  picture: 'two',
  network: 'trained',
  target: 'likeliest',
  layer: 'conv5',
  method: 'gradCam',
  seed: 1,
  backend: 'wasm',
};

export const rules = {
  picture: pictureNames,
  network: networkNames,
  target: ['likeliest', ...shapeNames],
  layer: layerNames,
  method: methodNames,
  seed: { from: 0, to: 999_999 },
  backend: backendNames,
} satisfies Rules<Settings>;

export const writing = writingOf(defaults, rules);
