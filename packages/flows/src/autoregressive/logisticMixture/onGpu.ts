import type { Pass, TensorSpec } from '@tenonjs/runtime';
import { type Attributes, BOUND, numbersPerComponent } from './attributes';

/** Pixels in a workgroup. */
const GROUP = 64;

/** WGSL: `component(at, pixel, weight)`, a log-weight and the log-probability that the component at `at` gives a pixel; its slopes on the way. */
const componentCode = (channels: number) => `
const C = ${channels}u;
const EACH = ${numbersPerComponent(channels)}u;
var<private> slopes: array<f32, EACH>;

fn tanhOf(v: f32) -> f32 { return tanh(clamp(v, -10.0, 10.0)); }
fn sigmoidOf(v: f32) -> f32 { return 1.0 / (1.0 + exp(clamp(-v, -80.0, 80.0))); }
fn softplusOf(v: f32) -> f32 { return max(v, 0.0) + log(1.0 + exp(-min(abs(v), 80.0))); }
// log(1 − e⁻ʷ) and w / (eʷ − 1), for small w by their series.
fn logOfCell(w: f32) -> f32 { return select(log(1.0 - exp(-min(w, 80.0))), log(w) - w / 2.0 + w * w / 24.0, w < 0.1); }
fn shrinkOf(w: f32) -> f32 { return select(w / (exp(min(w, 80.0)) - 1.0), 1.0 - w / 2.0 + w * w / 12.0, w < 0.1); }

fn component(at: u32, pixel: u32, weight: f32) -> f32 {
  let top = f32(params.levels - 1u);
  let middle = top / 2.0;
  var sum = weight;
  var follow = 1u + 2u * C;
  for (var c = 0u; c < C; c++) {
    let level = x[pixel * C + c];
    var mean = numbers[at + 1u + c];
    for (var j = 0u; j < c; j++) { mean += tanhOf(numbers[at + follow + j]) * (x[pixel * C + j] / middle - 1.0); }
    let bent = tanhOf(numbers[at + 1u + C + c] / ${BOUND}.0);
    let rest = exp(-${BOUND}.0 * bent);
    let centre = level / middle - 1.0 - mean;
    let a = (centre + 0.5 / middle) * rest;
    let b = (centre - 0.5 / middle) * rest;
    let below = select(0.0, 1.0, level < top);
    let above = select(0.0, 1.0, level > 0.0);
    sum += below * above * logOfCell(rest / middle) - below * softplusOf(-a) - above * softplusOf(b);
    let up = below * sigmoidOf(-a);
    let down = above * sigmoidOf(b);
    let slope = (down - up) * rest;
    slopes[1u + c] = slope;
    slopes[1u + C + c] = (b * down - a * up - below * above * shrinkOf(rest / middle)) * (1.0 - bent * bent);
    for (var j = 0u; j < c; j++) {
      let t = tanhOf(numbers[at + follow + j]);
      slopes[follow + j] = slope * (1.0 - t * t) * (x[pixel * C + j] / middle - 1.0);
    }
    follow += c;
  }
  return sum;
}

// log Σ exp, a number at a time: the largest so far, and the sum in its units.
fn gather(sum: vec2<f32>, v: f32) -> vec2<f32> {
  let most = max(sum.x, v);
  return vec2<f32>(most, sum.y * exp(sum.x - most) + exp(v - most));
}
fn total(sum: vec2<f32>) -> f32 { return sum.x + log(sum.y); }
`;

/** A kernel that visits each pixel, and knows `norm`, log Σ exp of its logits, and `nats`, its log-probability. */
function eachPixel(
  x: TensorSpec,
  { components, channels, levels }: Attributes,
  rest: { each: string; reads: string[]; writes: string[] },
): Pass | undefined {
  const size = x.shape[0] as number;
  if (size === 0) return undefined;
  return {
    code: `${componentCode(channels)}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * ${GROUP}u + local;
  if (i >= params.size) { return; }
  let first = i * params.components * EACH;
  var logits = vec2<f32>(numbers[first], 1.0);
  for (var k = 1u; k < params.components; k++) { logits = gather(logits, numbers[first + k * EACH]); }
  let norm = total(logits);
  var joint = vec2<f32>(component(first, i, numbers[first] - norm), 1.0);
  for (var k = 1u; k < params.components; k++) {
    let at = first + k * EACH;
    joint = gather(joint, component(at, i, numbers[at] - norm));
  }
  let nats = total(joint);
  ${rest.each}
}`,
    reads: rest.reads,
    writes: rest.writes,
    groups: Math.ceil(size / GROUP),
    integers: { size, components, levels },
  };
}

export const logProbPass = (x: TensorSpec, attributes: Attributes): Pass | undefined =>
  eachPixel(x, attributes, {
    each: 'logProb[i] = nats;',
    reads: ['numbers', 'x'],
    writes: ['logProb'],
  });

export const gradientPass = (x: TensorSpec, attributes: Attributes): Pass | undefined =>
  eachPixel(x, attributes, {
    each: `for (var k = 0u; k < params.components; k++) {
    let at = first + k * EACH;
    let weight = numbers[at] - norm;
    let share = exp(component(at, i, weight) - nats);
    dNumbers[at] = dy[i] * (share - exp(weight));
    for (var m = 1u; m < EACH; m++) { dNumbers[at + m] = dy[i] * share * slopes[m]; }
  }`,
    reads: ['numbers', 'x', 'dy'],
    writes: ['dNumbers'],
  });
