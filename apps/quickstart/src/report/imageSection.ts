import { type ImageResult, INTERPOLATION_STEPS, PUBLISHED } from '../images.ts';
import { lineChart } from './charts.ts';
import { figure } from './page.ts';
import { contactSheet } from './pictures.ts';

/** What a flow learned of images: the curve, its own images beside real ones, ways from one to another. */
export function imageSection(result: ImageResult): string {
  const { bitsPerDim, curve, heldOut, trained, parameters, height, width, real, samples, interpolations } = result;
  const sheet = (pixels: Float32Array, columns: number, description: string) => {
    const { url, ...size } = contactSheet({ pixels, height, width, columns });
    return `<img src="${url}" width="${2 * size.width}" height="${2 * size.height}" alt="${description}">`;
  };
  return `<h2>Digits</h2>
<p>A RealNVP for images, of ${thousands(parameters)} parameters, trained on ${thousands(trained)} images of ${height} × ${width}
pixels. ${thousands(heldOut)} images that it never saw cost it ${bitsPerDim.mean.toFixed(3)} ± ${bitsPerDim.standardError.toFixed(3)}
bits for each pixel; unmodelled, a pixel is 8 bits.</p>
${curveChart(curve)}
<div class="panels">
${figure(sheet(real, 8, 'Real digits'), 'real digits that it never saw')}
${figure(sheet(samples, 8, 'Digits drawn from the flow'), 'drawn from the flow, none picked out')}
</div>
${figure(
  sheet(interpolations, INTERPOLATION_STEPS, 'Rows of digits that turn from one into another'),
  'From one real digit (left) to another (right): each row is a straight line in latent space, carried through the flow.',
)}`;
}

function curveChart(curve: ImageResult['curve']): string {
  if (curve.length === 0) return '<p class="quiet">The training ended before its first epoch did.</p>';
  const points = curve.map(({ epoch, bitsPerDim }) => ({ x: epoch, y: bitsPerDim }));
  const last = points.at(-1) as (typeof points)[number];
  return figure(
    lineChart({
      curves: [{ points, colour: 'model', dots: true }],
      level: { value: PUBLISHED, label: `NICE as published, ${PUBLISHED}`, end: 'right' },
      x: 'epoch',
      y: 'bits per dimension',
      top: Math.max(PUBLISHED + 0.4, ...points.map(({ y }) => Math.min(y, 8))),
      description: `Bits per dimension of held-out digits: ${points[0]?.y.toFixed(2)} after the first epoch, ${last.y.toFixed(2)} after ${last.x}`,
    }),
    `Bits per dimension of the held-out digits after each epoch. The line is what NICE reached with MNIST's own training set.`,
  );
}

const thousands = (n: number): string => n.toLocaleString('en');
