import type { ImageResult } from '../images.ts';
import type { PlaneResult } from '../planes.ts';
import { imageSection } from './imageSection.ts';
import { escaped, page } from './page.ts';
import { planeSection } from './planeSection.ts';

/** Everything that a run of the quickstart found out. */
export interface Results {
  /** As it was typed. */
  command: string;
  backend: string;
  seed: number;
  seconds: number;
  /** Whether the training was cut short by hand. */
  interrupted: boolean;
  planes: PlaneResult[];
  images?: ImageResult;
}

/** All results as one page that needs no other file. */
export function report(results: Results): string {
  const { command, backend, seed, seconds, interrupted, planes, images } = results;
  return page(
    'Tenon quickstart',
    `<h1>Tenon quickstart</h1>
<p>Normalizing flows, trained just now: networks that bend a normal distribution into the shape of data and know exactly how
probable each point is.</p>
<p class="quiet"><code>${escaped(command)}</code><br>
backend ${escaped(backend)} · seed ${seed} · ${Math.round(seconds)} s in all${interrupted ? ' · interrupted, so trained for less than it should be' : ''}</p>
${summary(planes, images)}
${planes.map(planeSection).join('\n')}
${images ? imageSection(images) : ''}`,
  );
}

function summary(planes: PlaneResult[], images: ImageResult | undefined): string {
  if (planes.length === 0 && !images) return '<p>It was interrupted before anything was trained.</p>';
  const rows = [
    ...planes.map(({ name, heldOut, floor, losses, seconds }) =>
      row(name, `${plusMinus(heldOut, 3)} nats`, `${floor.toFixed(3)} nats, exact floor`, losses.length, seconds),
    ),
    ...(images
      ? [
          row(
            'digits',
            `${plusMinus(images.bitsPerDim, 3)} bits/dim`,
            '4.36 bits/dim, NICE as published',
            images.steps,
            images.seconds,
          ),
        ]
      : []),
  ];
  return `<div class="scroll"><table>
<caption>Negative log-likelihood of data that was not trained on: lower is better.</caption>
<tr><th>data</th><th>held-out</th><th>to compare</th><th>steps</th><th>seconds</th></tr>
${rows.join('\n')}
</table></div>`;
}

const row = (name: string, value: string, reference: string, steps: number, seconds: number): string =>
  `<tr><td>${name}</td><td>${value}</td><td>${reference}</td><td>${steps.toLocaleString('en')}</td><td>${seconds.toFixed(0)}</td></tr>`;

const plusMinus = ({ mean, standardError }: { mean: number; standardError: number }, digits: number): string =>
  `${mean.toFixed(digits)} ± ${standardError.toFixed(digits)}`;
