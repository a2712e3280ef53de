import * as Plot from '@observablehq/plot';
import type { Predictions } from './models';

const BINS = 25;

/** How many of each kind are given each probability, with the threshold between them. */
export function histogram({ malignant, probability }: Predictions, threshold: number, width: number): Element {
  const bins = [1, 0].flatMap((kind) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const [i, p] of probability.entries()) {
      if (malignant[i] === kind) (counts[Math.min(Math.floor(p * BINS), BINS - 1)] as number)++;
    }
    return counts.map((count, bin) => ({ kind, bin, count }));
  });
  const height = (count: number, kind: number) => Math.sqrt(count) * (kind === 1 ? 1 : -1);
  const most = Math.sqrt(Math.max(...bins.map(({ count }) => count)));
  return Plot.plot({
    className: 'tenon-plot',
    width,
    height: 210,
    marginLeft: 14,
    marginRight: 14,
    marginTop: 16,
    marginBottom: 24,
    ariaLabel: 'How many tumours of each kind are given each probability',
    style: { fontFamily: 'var(--sans)', fontSize: '12.5px', overflow: 'visible', background: 'none' },
    x: { domain: [0, 1], label: null, ticks: 6 },
    y: { domain: [-1.12 * most, most], axis: null },
    marks: [
      Plot.rect(bins, {
        x1: ({ bin }) => bin / BINS,
        x2: ({ bin }) => (bin + 1) / BINS,
        y1: 0,
        y2: ({ count, kind }) => height(count, kind),
        fill: ({ kind }) => (kind === 1 ? 'var(--data)' : 'var(--model)'),
        fillOpacity: ({ bin, kind }) => ((kind === 1) === (bin + 0.5) / BINS >= threshold ? 0.9 : 0.4),
        inset: 0.5,
      }),
      ...[1, 0].map((kind) =>
        Plot.text(width > 560 ? bins.filter((one) => one.kind === kind && one.count > 0) : [], {
          x: ({ bin }) => (bin + 0.5) / BINS,
          y: ({ count }) => height(count, kind),
          text: 'count',
          dy: kind === 1 ? -7 : 8,
          fontSize: 10.5,
          fill: 'var(--ink-soft)',
        }),
      ),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      Plot.ruleX([threshold], { stroke: 'var(--ink)', strokeWidth: 2, className: 'threshold' }),
    ],
    opacity: { type: 'identity' },
  });
}
