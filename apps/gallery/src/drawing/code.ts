/** A place on the drawing's raster: whole numbers, 0 … 63, y upwards. */
export type Place = readonly [number, number];
/** A line from place to place, drawn without lifting the pen; of one place, a dot. */
export type Stroke = readonly Place[];

/** Cells along a side of the raster: two letters of the address are a place. */
export const CELLS = 64;
/** A drawing has at most so many places, so that it fits into an address. */
export const MOST_PLACES = 300;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Strokes as text for an address: two letters a place, a dot between strokes. */
export const write = (strokes: readonly Stroke[]): string =>
  strokes.map((stroke) => stroke.map(([x, y]) => `${LETTERS[x]}${LETTERS[y]}`).join('')).join('.');

/** @param text - that `isDrawing`. */
export const read = (text: string): Stroke[] =>
  text === ''
    ? []
    : text
        .split('.')
        .map((stroke) =>
          Array.from(
            { length: stroke.length / 2 },
            (_, i): Place => [LETTERS.indexOf(stroke.charAt(2 * i)), LETTERS.indexOf(stroke.charAt(2 * i + 1))],
          ),
        );

/** Whether a text is a drawing, an empty one too. */
export const isDrawing = (text: string): boolean =>
  text === '' || (/^(?:[\w-]{2})+(?:\.(?:[\w-]{2})+)*$/.test(text) && placesOf(text) <= MOST_PLACES);

export const placesOf = (text: string): number => text.replaceAll('.', '').length / 2;

/** What is there before anything was drawn. */
export const heart = write([
  Array.from({ length: 33 }, (_, i): Place => {
    const t = (2 * Math.PI * i) / 32;
    const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
    return [Math.round(31.5 + 24 * Math.sin(t) ** 3), Math.round(34 + 1.5 * y)];
  }),
]);
