import type { PlaneResult } from '../planes.ts';
import { densityPanel, lineChart, pointPanel } from './charts.ts';
import { figure } from './page.ts';
import { smoothed } from './smoothed.ts';

/** What a flow learned of a density over the plane: points beside points, the density, the loss. */
export function planeSection({ name, data, samples, density, losses, floor, heldOut }: PlaneResult): string {
  const curve = smoothed(losses);
  const { extent } = density;
  return `<h2>${titles[name] ?? name}</h2>
<p>A RealNVP in the plane. Points that it never saw cost it ${heldOut.mean.toFixed(3)} nats each; no model can do with less
than ${floor.toFixed(3)}, the entropy of the law they come from.</p>
<div class="panels">
${figure(pointPanel(data, extent, 'data', `Points of ${name}`), '<span class="key data"></span>points it never saw')}
${figure(pointPanel(samples, extent, 'model', `Points drawn from the flow for ${name}`), '<span class="key model"></span>as many drawn from the flow')}
${figure(densityPanel(density, `The density the flow gives to ${name}`), "the flow's density (square root of its share of the peak)")}
</div>
${figure(
  lineChart({
    curves: [{ points: curve, colour: 'model' }],
    level: { value: floor, label: `exact floor ${floor.toFixed(3)}`, end: 'left' },
    x: 'step',
    y: 'training loss, nats',
    top: topOf(curve, floor),
    description: `Training loss of the flow for ${name}: from ${curve[0]?.y.toFixed(2)} to ${curve.at(-1)?.y.toFixed(2)} nats, floor ${floor.toFixed(2)}`,
  }),
  'The training loss, as means of neighbouring steps. The first steps may lie above the chart.',
)}`;
}

const titles: Partial<Record<PlaneResult['name'], string>> = { twoMoons: 'Two moons', crescent: 'Crescent' };

/** Room for nine tenths of the curve, so that the first steps do not flatten the rest. */
function topOf(curve: { y: number }[], floor: number): number {
  const values = curve.map(({ y }) => y).sort((a, b) => a - b);
  const high = values[Math.floor(0.95 * (values.length - 1))] ?? floor;
  return Math.max(high, floor + 0.5);
}
