import type { Pass } from '@tenonjs/runtime';

const GROUP = 64;

/**
 * A WebGPU kernel that computes each element by itself.
 *
 * @param size - how many there are.
 * @param kernel.each - WGSL that computes element `i`.
 * @param kernel.functions - WGSL that it calls.
 */
export function elementwise(
  size: number,
  { each, functions = '', integers, ...rest }: Omit<Pass, 'code' | 'groups'> & { each: string; functions?: string },
): Pass {
  return {
    ...rest,
    code: `${functions}
@compute @workgroup_size(${GROUP})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let i = groupIndex(id, count) * ${GROUP}u + local;
  if (i >= params.size) { return; }
  ${each}
}`,
    groups: Math.ceil(size / GROUP),
    integers: { size, ...integers },
  };
}
