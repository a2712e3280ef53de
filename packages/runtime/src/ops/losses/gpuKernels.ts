import { sizeOf, type TensorSpec } from '../../tfjs/ops/tensorSpec';
import type { Pass, Passes } from '../../tfjs/webgpu/pass';
import { layRows, mainCode, rowCode } from '../kernels/rows';
import type { CrossEntropyAttributes } from './reduction';

/** One workgroup may walk so many times over its rows before they are shared out over more. */
const MOST_STEPS = 32;

const eachClass = (body: string) => `for (var c = lane; c < params.classes; c += LANES) { ${body} }`;

/** `target(row, c)` and `weight(row)`, 0 for a row that does not count. */
const labelCode = (integer: boolean) =>
  integer
    ? `
fn weight(row: u32) -> f32 {
  let label = labels[row];
  return select(0.0, 1.0, label >= 0 && label < i32(params.classes) && label != bitcast<i32>(params.ignored));
}
fn goal(row: u32, c: u32) -> f32 {
  return params.even + select(0.0, params.own, labels[row] == i32(c));
}`
    : `
fn weight(row: u32) -> f32 { return 1.0; }
fn goal(row: u32, c: u32) -> f32 { return params.even + params.own * labels[row * params.classes + c]; }`;

/** The row's largest number, and Σ exp of the distances from it. */
const softmaxCode = `
    var most = -3.0e38;
    ${eachClass('most = max(most, logits[first + c]);')}
    most = rowMax(most, local);
    var total = 0.0;
    ${eachClass('total += exp(logits[first + c] - most);')}
    total = rowSum(total, local);`;

function parametersOf(logits: TensorSpec, { labelSmoothing, ignoredIndex }: CrossEntropyAttributes) {
  const classes = logits.shape.at(-1) as number;
  return {
    integers: { rows: sizeOf(logits.shape) / classes, classes, ignored: ignoredIndex >>> 0 },
    floats: { even: labelSmoothing / classes, own: 1 - labelSmoothing },
  };
}

/** The loss of each row and then their sum; all in one dispatch when there are few. */
export function crossEntropyPasses(logits: TensorSpec, labels: TensorSpec, attributes: CrossEntropyAttributes): Passes {
  const { reduction } = attributes;
  const parameters = parametersOf(logits, attributes);
  const { rows, classes } = parameters.integers;
  const layout = layRows(classes, 256);
  const apart = reduction === 'none';
  const together = !apart && rows <= layout.rows * MOST_STEPS;
  const target = apart ? 'loss' : 'losses';
  const first: Pass = {
    code: `${rowCode(layout)}
${labelCode(labels.dtype === 'int32')}
${mainCode(layout)}
  var sum = 0.0;
  var counted = 0.0;
  for (var step = 0u; step < params.steps; step++) {
    let inside = slot + step * ROWS < params.rows;
    let row = min(slot + step * ROWS, params.rows - 1u);
    let first = row * params.classes;
    ${softmaxCode}
    let norm = most + log(total);
    var each = 0.0;
    ${eachClass('each += goal(row, c) * (norm - logits[first + c]);')}
    each = rowSum(each, local) * weight(row);
    if (inside && lane == 0u) {
      sum += each;
      counted += weight(row);
      ${together ? '' : `${target}[row] = each;`}
    }
  }
  ${together ? sumCode(layout.threads, reduction) : apart ? 'if (slot == 0u && lane == 0u) { scale[0] = 1.0; }' : ''}
}`,
    reads: ['logits', 'labels'],
    writes: together ? ['loss', 'scale'] : apart ? ['loss', 'scale'] : ['losses'],
    groups: together ? 1 : Math.ceil(rows / layout.rows),
    integers: { ...parameters.integers, steps: together ? Math.ceil(rows / layout.rows) : 1 },
    floats: parameters.floats,
  };
  if (together || apart) return { passes: [first] };
  const second: Pass = {
    code: `var<workgroup> shares: array<f32, 256>;
${labelCode(labels.dtype === 'int32')}
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  var counted = 0.0;
  for (var row = local; row < params.rows; row += 256u) {
    sum += losses[row];
    counted += weight(row);
  }
  ${sumCode(256, reduction)}
}`,
    reads: ['losses', 'labels'],
    writes: ['loss', 'scale'],
    groups: 1,
    ...parameters,
  };
  return { passes: [first, second], scratch: { losses: { shape: [rows], dtype: 'float32' } } };
}

/** Adds `sum` and `counted` up over a workgroup. */
const sumCode = (threads: number, reduction: string) => `
  for (var turn = 0u; turn < 2u; turn++) {
    workgroupBarrier();
    shares[local] = select(sum, counted, turn == 1u);
    for (var rest = ${threads / 2}u; rest > 0u; rest /= 2u) {
      workgroupBarrier();
      if (local < rest) { shares[local] += shares[local + rest]; }
    }
    workgroupBarrier();
    if (turn == 0u) { sum = shares[0]; } else { counted = shares[0]; }
  }
  if (local == 0u) {
    let factor = ${reduction === 'mean' ? 'select(0.0, 1.0 / max(counted, 1.0), counted > 0.0)' : '1.0'};
    scale[0] = factor;
    loss[0] = sum * factor;
  }`;

export function crossEntropyGradientPass(
  logits: TensorSpec,
  labels: TensorSpec,
  attributes: CrossEntropyAttributes,
): Pass {
  const parameters = parametersOf(logits, attributes);
  const layout = layRows(parameters.integers.classes);
  const each = attributes.reduction === 'none' ? 'dLoss[row]' : 'dLoss[0] * scale[0]';
  return {
    code: `${rowCode(layout)}
${labelCode(labels.dtype === 'int32')}
${mainCode(layout)}
    let inside = slot < params.rows;
    let row = min(slot, params.rows - 1u);
    let first = row * params.classes;
    ${softmaxCode}
    var goals = 0.0;
    ${eachClass('goals += goal(row, c);')}
    goals = rowSum(goals, local);
    let factor = ${each} * weight(row);
    if (inside) {
      ${eachClass('dLogits[first + c] = factor * (exp(logits[first + c] - most) / total * goals - goal(row, c));')}
    }
}`,
    reads: ['logits', 'labels', 'dLoss', ...(attributes.reduction === 'none' ? [] : ['scale'])],
    writes: ['dLogits'],
    groups: Math.ceil(parameters.integers.rows / layout.rows),
    ...parameters,
  };
}
