import type { TensorSpec } from '../../tfjs/ops/tensorSpec';
import type { Pass, Passes } from '../../tfjs/webgpu/pass';
import { columnSums } from '../kernels/columnSums';
import { layRows, mainCode, type RowLayout, rowCode } from '../kernels/rows';
import { powerOfTwoFrom } from '../kernels/sizes';
import type { NormalizeAttributes } from './segments';

/** The most rows of partial sums that one more pass adds up. */
const MOST_PARTS = 256;

/** Lanes stand in `ACROSS` columns, so that lanes side by side read numbers side by side. */
function head(layout: RowLayout, { width }: NormalizeAttributes): string {
  return `
${rowCode(layout)}
const ACROSS = ${Math.min(powerOfTwoFrom(width), layout.lanes)}u;
const DOWN = LANES / ACROSS;`;
}

/** Runs `body` for each number `i`, of channel `c`, that is this lane's part of segment [b, g]. */
const each = (body: string) => `
  for (var place = lane / ACROSS; place < params.places; place += DOWN) {
    for (var k = lane % ACROSS; k < params.width; k += ACROSS) {
      let i = ((b * params.places + place) * params.groups + g) * params.width + k;
      let c = g * params.width + k;
      ${body}
    }
  }`;

/** Mean and 1/σ of segment [b, g]; the mean first and the distances from it then, since their difference loses digits. */
const statistics = (centered: boolean) => `
  let numbers = f32(params.places * params.width);
  var sum = 0.0;
  ${centered ? each('sum += x[i];') : ''}
  let mean = ${centered ? 'rowSum(sum, local) / numbers' : '0.0'};
  var squares = 0.0;
  ${each('squares += (x[i] - mean) * (x[i] - mean);')}
  let inverse = inverseSqrt(rowSum(squares, local) / numbers + params.epsilon);`;

const parametersOf = ({ batch, places, groups, width, epsilon }: NormalizeAttributes) => ({
  integers: { batch, places, groups, width },
  floats: { epsilon },
});

/** One dispatch: statistics and result of each segment. */
export function normalizePass(attributes: NormalizeAttributes, gamma: boolean, beta: boolean): Pass {
  const { batch, places, groups, width, centered } = attributes;
  const layout = layRows(places * width);
  const scaled = `(x[i] - mean) * inverse${gamma ? ' * gamma[c]' : ''}${beta ? ' + beta[c]' : ''}`;
  return {
    code: `${head(layout, attributes)}
${mainCode(layout)}
  let inside = slot < params.batch * params.groups;
  let segment = min(slot, params.batch * params.groups - 1u);
  let b = segment / params.groups;
  let g = segment % params.groups;
  ${statistics(centered)}
  if (inside) { ${each(`y[i] = ${scaled};`)} }
}`,
    reads: ['x', ...(gamma ? ['gamma'] : []), ...(beta ? ['beta'] : [])],
    writes: ['y'],
    groups: Math.ceil((batch * groups) / layout.rows),
    ...parametersOf(attributes),
  };
}

/**
 * One dispatch for dx, in which each workgroup also adds up what its segments give to gamma and beta; and one that adds up
 * those parts.
 */
export function normalizeGradientPasses(attributes: NormalizeAttributes, gamma: boolean, beta: boolean): Passes {
  const { batch, places, groups, width, centered } = attributes;
  const layout = layRows(places * width);
  const sums = [...(gamma ? ['dGamma'] : []), ...(beta ? ['dBeta'] : [])];
  const parts = sums.length === 0 ? batch : Math.min(MOST_PARTS, batch);
  const targets = parts === 1 ? sums : sums.map((name) => `${name}Parts`);
  const first: Pass = {
    code: `${head(layout, attributes)}
${mainCode(layout)}
  let inside = slot < params.parts * params.groups;
  let part = min(slot, params.parts * params.groups - 1u) / params.groups;
  let g = min(slot, params.parts * params.groups - 1u) % params.groups;
  for (var step = 0u; step < params.batch; step += params.parts) {
    let valid = inside && part + step < params.batch;
    let b = min(part + step, params.batch - 1u);
    ${statistics(centered)}
    var away = 0.0;
    var along = 0.0;
    ${each(`let scaled = dy[i]${gamma ? ' * gamma[c]' : ''};
      away += scaled;
      along += scaled * (x[i] - mean) * inverse;`)}
    let meanAway = ${centered ? 'rowSum(away, local) / numbers' : '0.0'};
    let meanAlong = rowSum(along, local) / numbers;
    if (valid) {
      ${each(`dx[i] = inverse * (dy[i]${gamma ? ' * gamma[c]' : ''} - meanAway - (x[i] - mean) * inverse * meanAlong);`)}
    }
    ${sums.map((name, n) => parameterSum(targets[n] as string, name === 'dGamma' ? 'dy[i] * (x[i] - mean) * inverse' : 'dy[i]')).join('')}
  }
}`,
    reads: ['x', 'dy', ...(gamma ? ['gamma'] : [])],
    writes: ['dx', ...targets],
    groups: Math.ceil((parts * groups) / layout.rows),
    ...parametersOf(attributes),
    integers: { ...parametersOf(attributes).integers, parts },
  };
  if (parts === 1 || sums.length === 0) return { passes: [first] };
  const channels = groups * width;
  const second = columnSums({
    rows: parts,
    columns: channels,
    reads: targets,
    sums,
    each: targets.map((name, n) => `totals[${n}] += ${name}[i];`).join('\n'),
  });
  const scratch = Object.fromEntries(
    targets.map((name): [string, TensorSpec] => [name, { shape: [parts, channels], dtype: 'float32' }]),
  );
  return { passes: [first, ...second.passes], scratch };
}

/** Adds Σ over places of `term` to this part's sum for each channel. */
const parameterSum = (target: string, term: string) => `
    for (var k0 = 0u; k0 < params.width; k0 += ACROSS) {
      let k = k0 + lane % ACROSS;
      var total = 0.0;
      if (k < params.width) {
        for (var place = lane / ACROSS; place < params.places; place += DOWN) {
          let i = ((b * params.places + place) * params.groups + g) * params.width + k;
          total += ${term};
        }
      }
      shares[local] = total;
      for (var rest = DOWN / 2u; rest > 0u; rest /= 2u) {
        workgroupBarrier();
        if (lane < rest * ACROSS) { shares[local] += shares[local + rest * ACROSS]; }
      }
      if (valid && lane < ACROSS && k < params.width) {
        let c = (part * params.groups + g) * params.width + k;
        ${target}[c] = select(${target}[c], 0.0, step == 0u) + shares[local];
      }
      workgroupBarrier();
    }`;
