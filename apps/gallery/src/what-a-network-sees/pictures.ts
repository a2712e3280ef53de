import { type ShapeName, shapeNames } from './shapes/outlines';

/** Real photographs. */
export const photographNames = ['cat', 'dog'] as const;
export type PhotographName = (typeof photographNames)[number];

/** Drawn: two shapes, or one of a kind. */
export const drawnNames = ['two', ...shapeNames] as const;
export type DrawnName = (typeof drawnNames)[number];

/** All pictures there are to pick from, beside the visitor's own. */
export const pictureNames = [...drawnNames, ...photographNames] as const;
export type PictureName = (typeof pictureNames)[number];

/** What a picture is called in a sentence. */
export const pictureWords = (name: PictureName | 'own'): string =>
  name === 'two' ? 'two shapes' : name === 'own' ? 'your picture' : `a ${name}`;

export const isPhotograph = (name: PictureName): name is PhotographName =>
  (photographNames as readonly string[]).includes(name);

/** Two shapes, or one. */
export const isShape = (name: DrawnName): name is ShapeName => name !== 'two';
