import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';
import type { DensityGrid } from '../planes.ts';
import { heatMap } from './pictures.ts';

/** Plot draws into a page; this one is never shown. */
const { document } = new JSDOM('').window;

const style = { fontFamily: 'inherit', fontSize: '12px', background: 'none' };
const PANEL = 250;

/** A value to compare a curve with, as a line across the chart; its name stands at the end where the curves are not. */
export interface Level {
  value: number;
  label: string;
  end: 'left' | 'right';
}

export interface Curve {
  points: { x: number; y: number }[];
  /** One of the page's colours. */
  colour: 'model' | 'data';
  dots?: boolean;
}

/** Curves over steps or epochs, with a level to compare them with. */
export function lineChart(options: {
  curves: Curve[];
  level: Level;
  x: string;
  y: string;
  /** Where the vertical axis ends; what is higher is cut. */
  top: number;
  /** Called out for those who cannot see the chart. */
  description: string;
}): string {
  const { curves, level, x, y, top, description } = options;
  const values = curves.flatMap(({ points }) => points.map((point) => point.y));
  const lowest = Math.min(level.value, ...values);
  const steps = curves.flatMap(({ points }) => points.map((point) => point.x));
  const [left, right] = [Math.min(...steps), Math.max(...steps)];
  return svg(
    Plot.plot({
      document,
      style,
      width: 660,
      height: 290,
      marginLeft: 48,
      marginBottom: 42,
      ariaLabel: description,
      x: { label: x, labelAnchor: 'center', domain: [left, right], ticks: ticksOf(left, right) },
      y: { label: y, domain: [lowest - 0.04 * (top - lowest), top], grid: true, clamp: true },
      marks: [
        Plot.ruleY([level.value], { stroke: 'var(--floor)', strokeDasharray: '5 4', strokeWidth: 1.5 }),
        Plot.text([level], {
          x: level.end === 'left' ? left : right,
          y: 'value',
          text: 'label',
          fill: 'var(--floor)',
          textAnchor: level.end === 'left' ? 'start' : 'end',
          dx: level.end === 'left' ? 4 : -4,
          dy: -8,
        }),
        ...curves.flatMap(({ points, colour, dots }) => [
          Plot.line(points, { x: 'x', y: 'y', stroke: `var(--${colour})`, strokeWidth: 2 }),
          ...(dots ? [Plot.dot(points, { x: 'x', y: 'y', fill: `var(--${colour})`, r: 2.5 })] : []),
        ]),
      ],
    }),
  );
}

/** Whole numbers, eight or fewer. */
function ticksOf(left: number, right: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, right - left)));
  const step =
    [0.1, 0.2, 0.5, 1, 2].map((part) => part * size).find((part) => part >= 1 && (right - left) / part <= 8) ?? 1;
  const first = Math.ceil(left / step);
  return Array.from({ length: Math.floor(right / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Points of the plane, x, y, x, y, … in [−extent, extent]². */
export function pointPanel(points: ArrayLike<number>, extent: number, colour: Curve['colour'], title: string): string {
  return panel(extent, title, ({ x, y }) => {
    // One path for all of them: a round dot is a line of no length.
    const dots: string[] = [];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [across, up] = [points[i] as number, points[i + 1] as number];
      if (Math.max(Math.abs(across), Math.abs(up)) <= extent)
        dots.push(`M${x(across).toFixed(1)} ${y(up).toFixed(1)}h0`);
    }
    return element('path', {
      d: dots.join(''),
      stroke: `var(--${colour})`,
      'stroke-width': '2.2',
      'stroke-linecap': 'round',
      'stroke-opacity': '0.55',
    });
  });
}

/** A density as a heat map, once for light paper and once for dark. */
export function densityPanel(density: DensityGrid, title: string): string {
  const { extent } = density;
  return panel(extent, title, ({ x, y }) => {
    const [left, top] = [x(-extent), y(extent)];
    const place = { x: left, y: top, width: x(extent) - left, height: y(-extent) - top, preserveAspectRatio: 'none' };
    const group = element('g', {});
    for (const scheme of ['light', 'dark'] as const) {
      group.append(element('image', { ...place, href: heatMap(density, scheme), class: `on-${scheme}` }));
    }
    return group;
  });
}

interface Scales {
  x(value: number): number;
  y(value: number): number;
}

function panel(extent: number, title: string, draw: (scales: Scales) => SVGElement): string {
  return svg(
    Plot.plot({
      document,
      style,
      width: PANEL,
      height: PANEL,
      margin: 22,
      marginRight: 6,
      marginTop: 6,
      ariaLabel: title,
      x: { domain: [-extent, extent], ticks: 5, label: null },
      y: { domain: [-extent, extent], ticks: 5, label: null },
      marks: [(_, scales) => draw(scales as unknown as Scales), Plot.frame({ stroke: 'var(--rule)' })],
    }),
  );
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** A picture for the reader of a page, not for its screen reader to spell out. */
function svg(plot: Element): string {
  plot.setAttribute('role', 'img');
  return plot.outerHTML;
}
