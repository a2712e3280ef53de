import { logCode } from './functions';

/** Invocations of a workgroup. */
export const LANES = 64;

/** How many invocations share a draw: one for few classes, a whole workgroup for many. */
export const lanesFor = (classes: number): 1 | typeof LANES => (classes <= 4 * LANES ? 1 : LANES);

/**
 * The exponential race in WGSL, after `philox` and `streamKey`. The earlier of two classes that are level wins, whoever
 * looks at them.
 *
 * @param options.logits - whether `weights` are logarithms.
 * @param options.lanes - how many invocations share a draw.
 */
export const categoricalCode = ({ logits, lanes }: { logits: boolean; lanes: number }): string => `${logCode()}
fn exponential(word: u32) -> f32 {
  if (word >= 0xc0000000u) { return -logOnePlus(-(f32(~word) + 0.5) * ${2 ** -32}); }
  return -preciseLog((f32(word) + 0.5) * ${2 ** -32});
}

struct Best { score: f32, index: u32 }

fn better(a: Best, b: Best) -> Best {
  let none = params.classes;
  if (b.index == none) { return a; }
  if (a.index == none || b.score > a.score || (b.score == a.score && b.index < a.index)) { return b; }
  return a;
}

// Of the classes that one lane looks at.
fn bestOf(draw: u32, lane: u32) -> Best {
  let row = (draw / params.samples) * params.classes;
  var best = Best(0.0, params.classes);
  for (var block = lane; block < params.blocks; block += ${lanes}u) {
    let words = philox(vec2<u32>(draw * params.blocks + block, 0u), streamKey());
    for (var j = 0u; j < min(4u, params.classes - 4u * block); j++) {
      let weight = weights[row + 4u * block + j];
      let possible = ${logits ? 'bitcast<u32>(weight) != 0xff800000u' : 'weight > 0.0'};
      if (possible) {
        let e = exponential(words[j]);
        best = better(best, Best(${logits ? 'weight - preciseLog(e)' : 'weight / e'}, 4u * block + j));
      }
    }
  }
  return best;
}
${lanes === 1 ? alone() : together()}`;

const alone = (): string => `
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) lane: u32) {
  let draw = groupIndex(group, groups) * ${LANES}u + lane;
  if (draw >= params.draws) { return; }
  chosen[draw] = i32(bestOf(draw, 0u).index % params.classes);
}
`;

const together = (): string => `
var<workgroup> bests: array<Best, ${LANES}>;

@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) lane: u32) {
  let draw = groupIndex(group, groups);
  if (draw >= params.draws) { return; }
  bests[lane] = bestOf(draw, lane);
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { bests[lane] = better(bests[lane], bests[lane + half]); }
  }
  if (lane == 0u) { chosen[draw] = i32(bests[0].index % params.classes); }
}
`;
