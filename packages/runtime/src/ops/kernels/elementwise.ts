import type { Pass } from '../../tfjs/webgpu/pass';

const GROUP = 256;

/**
 * A kernel that visits each element by itself.
 *
 * @param size - how many there are.
 * @param each - WGSL that computes element `i`.
 */
export function elementwise(
  size: number,
  {
    each,
    functions = '',
    reads,
    writes,
    integers,
    floats,
  }: Omit<Pass, 'code' | 'groups'> & { each: string; functions?: string },
): Pass {
  return {
    code: `${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * ${GROUP}u + local;
  if (i < params.size) {
    ${each}
  }
}`,
    reads,
    writes,
    groups: Math.ceil(size / GROUP),
    integers: { size, ...integers },
    ...(floats && { floats }),
  };
}
