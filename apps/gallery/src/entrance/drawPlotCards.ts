// Draws the pictures on the cards of the pages of splits and of scores.
//
//     pnpm draw-card        after the packages are built
import { writeFileSync } from 'node:fs';
import { rocCurve } from '@tenonjs/metrics';
import { StratifiedGroupKFold } from '@tenonjs/validation-splits';
import predictions from '../scores-and-thresholds/predictions.json' with { type: 'json' };

const [WIDTH, HEIGHT] = [480, 300];
const style = (light: string, dark: string) =>
  `<style>${light} @media (prefers-color-scheme: dark) { ${dark} }</style>`;
const svg = (title: string, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none">\n<title>${title}</title>\n${inside}\n</svg>\n`;
const keep = (name: string, text: string) => writeFileSync(new URL(`./pictures/${name}.svg`, import.meta.url), text);

// Six splits of forty samples in ten groups.
const [n, nSplits] = [40, 6];
const groups = Array.from({ length: n }, (_, i) => Math.floor(i / 4));
const y = groups.map((group, i) => (group * 5 + i) % 3);
const cell = { width: 10.4, height: 28, row: 38, left: 32, top: 40 };
const splits = [...new StratifiedGroupKFold({ nSplits, shuffle: true, seed: 2 }).split(n, { y, groups })];
const cells = splits.flatMap(({ test }, row) =>
  Array.from({ length: n }, (_, i) => {
    const place = `x="${(cell.left + i * cell.width).toFixed(1)}" y="${cell.top + row * cell.row}"`;
    return `<rect class="${test.includes(i) ? 'test' : 'train'}" ${place} width="${cell.width - 1.2}" height="${cell.height}" rx="1.5"/>`;
  }),
);
keep(
  'splits-at-a-glance',
  svg(
    'Which samples six splits train on, and which they test on',
    `${style('.train { fill: #0f6b6b } .test { fill: #a84e06 }', '.train { fill: #5cc8bf } .test { fill: #f0a04b }')}\n${cells.join('\n')}`,
  ),
);

// Three ROC curves on the lower left part of the card, and one threshold.
const place = (fpr: number, tpr: number) => `${(60 + 360 * fpr).toFixed(1)} ${(270 - 240 * tpr).toFixed(1)}`;
const curve = (name: 'texture' | 'logistic' | 'bayes') => {
  const { fpr, tpr } = rocCurve(predictions.malignant, predictions[name]);
  return `<path class="${name}" d="M${Array.from(fpr, (x, i) => place(x, tpr[i] as number)).join('L')}"/>`;
};
const { fpr, tpr, thresholds } = rocCurve(predictions.malignant, predictions.texture);
const here = thresholds.findIndex((threshold) => threshold < 0.4);
const [cx, cy] = place(fpr[here] as number, tpr[here] as number).split(' ');
keep(
  'scores-and-thresholds',
  svg(
    'Three ROC curves, and a threshold on one of them',
    [
      style(
        'path { stroke-width: 3; stroke-linejoin: round } .texture { stroke: #0f6b6b } .logistic { stroke: #7a4a9e } .bayes { stroke: #8d8475 } .frame, .chance { stroke: #ded7ca; stroke-width: 1.5 } .here { fill: #a84e06; stroke: #fff; stroke-width: 3 }',
        '.texture { stroke: #5cc8bf } .logistic { stroke: #c59be6 } .bayes { stroke: #b3aa9b } .frame, .chance { stroke: #37332c } .here { fill: #f0a04b; stroke: #12110f }',
      ),
      `<path class="frame" d="M${place(0, 0)}L${place(0, 1)}L${place(1, 1)}L${place(1, 0)}Z"/>`,
      `<path class="chance" stroke-dasharray="6 6" d="M${place(0, 0)}L${place(1, 1)}"/>`,
      curve('bayes'),
      curve('logistic'),
      curve('texture'),
      `<circle class="here" cx="${cx}" cy="${cy}" r="9"/>`,
    ].join('\n'),
  ),
);
