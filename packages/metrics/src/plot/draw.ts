import * as Plot from '@observablehq/plot';
import { describe } from '../arguments/describe';
import { checkOneOf } from '../arguments/oneOf';
import { refuse } from '../arguments/refuse';
import { styleOf, type Theme } from './theme';

/** What every picture takes. */
export interface PictureOptions {
  /** Where it is built: the page's own `document` if left out. In Node one of linkedom's or jsdom's. */
  document?: Document;
  /** Of the whole picture in pixels; it shrinks with its container. */
  width?: number;
  /** Said above the picture. */
  title?: string;
  /** Light or dark paper; what the reader's system has if left out. */
  theme?: Theme;
}

/** What one picture is made of. */
export interface Picture extends Omit<Plot.PlotOptions, 'document'> {
  /** For those who cannot see it. */
  ariaLabel: string;
  /** What the vertical axis means. */
  up: string;
  /** Rows above the frame: each series' colour and name. */
  key?: { colour: string; name: string }[];
  /** The frame is to be as high as it is wide. */
  square?: boolean;
}

const namespace = 'http://www.w3.org/2000/svg';
/** The height of a row of the key. */
const LINE = 19;
/** What axes need. */
const side = { left: 58, right: 22, bottom: 46 };

/**
 * A picture as the text of an SVG element, which stands alone.
 *
 * @throws TypeError without a `document`; RangeError if `width` is not a number of at least 200.
 */
export function draw(caller: string, options: PictureOptions, picture: Picture): string {
  const { document = (globalThis as { document?: Document }).document, width = 440, title, theme = 'auto' } = options;
  if (typeof document?.createElementNS !== 'function') {
    const hint = "; in Node give one, such as linkedom's parseHTML('<html>').document";
    refuse(caller, 'document', 'be a document', describe(document) + hint, TypeError);
  }
  if (!(width >= 200 && Number.isFinite(width))) refuse(caller, 'width', 'be at least 200', describe(width));
  checkOneOf(caller, 'theme', theme, ['auto', 'light', 'dark']);
  const { up, key = [], square, marks = [], height = 300, ...rest } = picture;
  const head = (title ? 26 : 0) + key.length * LINE;
  const top = head + 36; // below it what the vertical axis means
  const [left, right] = [rest.marginLeft ?? side.left, rest.marginRight ?? side.right];
  const bottom = rest.marginBottom ?? side.bottom;
  const svg = Plot.plot({
    ...rest,
    document,
    className: 'tenon-plot',
    width,
    height: square ? width - left - right + top + bottom : height + head,
    marginTop: top,
    marginLeft: left,
    marginRight: right,
    marginBottom: bottom,
    style: {
      fontFamily: 'var(--face, system-ui, sans-serif)',
      fontSize: '12.5px',
      background: 'var(--paper)',
      color: 'var(--ink)',
    },
    y: { ...rest.y, label: null },
    marks: [...marks, ...headMarks({ title, key, up, left, top })],
  });
  svg.setAttribute('role', 'img');
  svg.setAttribute('xmlns', namespace);
  const sheet = document.createElementNS(namespace, 'style');
  sheet.textContent = styleOf(theme);
  svg.prepend(sheet);
  return svg.outerHTML.replaceAll('&nbsp;', '\u00a0');
}

/** Title, key and what the vertical axis means, line under line above the frame. */
function headMarks({ title, key, up, left, top }: Head): Plot.Markish[] {
  const at = (x: number, y: number) =>
    ({ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'middle', dx: x - left, dy: y - top }) as const;
  const first = title ? 44 : 18;
  return [
    ...(title ? [Plot.text([title], { ...at(14, 20), fontSize: 15, fontWeight: 600 })] : []),
    ...key.flatMap(({ colour, name }, i) => [
      Plot.dot([name], { ...at(19, first + i * LINE), symbol: 'square', r: 5, fill: colour }),
      Plot.text([name], { ...at(32, first + i * LINE), lineWidth: 36, textOverflow: 'ellipsis' }),
    ]),
    Plot.text([up], at(14, top - 16)),
  ];
}

interface Head {
  title: string | undefined;
  key: NonNullable<Picture['key']>;
  up: string;
  left: number;
  top: number;
}

/** A horizontal axis with its meaning below its middle. */
export const across = (label: string) => ({ label, labelAnchor: 'center', labelArrow: 'none' }) as const;

/** The edge of the frame. */
export const frame = (): Plot.Markish => Plot.frame({ stroke: 'var(--rule)' });

/** Curves by name, or one without. */
export type Named<Curve> = Curve | Record<string, Curve>;

/** Each curve with its name and colour; a single one has no name. */
export function seriesOf<Curve extends object>(
  caller: string,
  curves: Named<Curve>,
  isCurve: (value: object) => boolean,
): { name: string; curve: Curve }[] {
  if (typeof curves !== 'object' || curves === null)
    refuse(caller, 'curves', 'be a curve, or curves by name', describe(curves), TypeError);
  if (isCurve(curves)) return [{ name: '', curve: curves as Curve }];
  const series = Object.entries(curves as Record<string, Curve>).map(([name, curve]) => ({ name, curve }));
  for (const { name, curve } of series) {
    if (typeof curve !== 'object' || curve === null || !isCurve(curve)) {
      refuse(caller, `curves.${name}`, 'be a curve', describe(curve), TypeError);
    }
  }
  if (series.length === 0) refuse(caller, 'curves', 'be at least one', 'none');
  return series;
}

/** Pairs of two columns: the points of a curve. */
export function points(x: ArrayLike<number>, y: ArrayLike<number>): [number, number][] {
  return Array.from(x, (value, i) => [value, y[i] as number]);
}
