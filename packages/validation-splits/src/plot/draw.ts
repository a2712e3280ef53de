import * as Plot from '@observablehq/plot';
import { show } from '../checks';
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
  /** A row above the frame: colours and what they mean. */
  key: { colour: string; name: string }[];
  /** Of the frame. */
  height: number;
}

const namespace = 'http://www.w3.org/2000/svg';
/** What axes need. */
const side = { left: 58, right: 22, bottom: 46 };
const TITLE = 28;
const KEY = 40;

/**
 * A picture as the text of an SVG element, which stands alone.
 *
 * @throws TypeError without a `document`; RangeError if `width` is not a number of at least 200.
 */
export function draw(where: string, options: PictureOptions, picture: Picture): string {
  const { document = (globalThis as { document?: Document }).document, width = 560, title, theme = 'auto' } = options;
  if (typeof document?.createElementNS !== 'function') {
    const hint = "in Node give one, such as linkedom's parseHTML('<html>').document";
    throw new TypeError(`${where}: document must be a document, got ${show(document)}; ${hint}`);
  }
  if (!(width >= 200 && Number.isFinite(width))) {
    throw new RangeError(`${where}: width must be at least 200, got ${show(width)}`);
  }
  const { up, key, marks = [], height, ...rest } = picture;
  const top = (title ? TITLE : 0) + KEY + (up ? 14 : 0);
  const left = rest.marginLeft ?? side.left;
  const svg = Plot.plot({
    ...rest,
    document,
    className: 'tenon-plot',
    width,
    height: top + height + side.bottom,
    marginTop: top,
    marginLeft: left,
    marginRight: side.right,
    marginBottom: side.bottom,
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
  const row = (title ? TITLE : 0) + 18;
  let x = 14;
  return [
    ...(title ? [Plot.text([title], { ...at(14, 20), fontSize: 15, fontWeight: 600 })] : []),
    ...key.flatMap(({ colour, name }) => {
      const from = x;
      x += 34 + 7 * name.length;
      return [
        Plot.dot([name], { ...at(from + 5, row), symbol: 'square', r: 5, fill: colour }),
        Plot.text([name], at(from + 17, row)),
      ];
    }),
    ...(up ? [Plot.text([up], at(14, top - 16))] : []),
  ];
}

interface Head {
  title: string | undefined;
  key: Picture['key'];
  up: string;
  left: number;
  top: number;
}

/** A horizontal axis with its meaning below its middle. */
export const across = (label: string) => ({ label, labelAnchor: 'center', labelArrow: 'none' }) as const;
