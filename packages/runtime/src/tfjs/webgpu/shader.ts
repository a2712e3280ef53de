import type { TensorSpec } from '../ops/tensorSpec';
import type { Pass } from './pass';

/** What a buffer holds for a tensor of a type. */
export const elementTypes = { float32: 'f32', int32: 'i32', bool: 'i32' } as const;

const helpers = `
fn groupIndex(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.x + group.y * groups.x;
}
`;

/** What stands before a kernel's own code: extensions, bindings, parameters. */
export function preludeOf(pass: Pass, specs: Readonly<Record<string, TensorSpec>>): string {
  const { reads, writes, integers = {}, floats = {}, types = {}, enable = [] } = pass;
  const elementOf = (name: string) => types[name] ?? elementTypes[(specs[name] as TensorSpec).dtype];
  const bindings = [
    ...reads.map((name) => `var<storage, read> ${name}: array<${elementOf(name)}>;`),
    ...writes.map((name) => `var<storage, read_write> ${name}: array<${elementOf(name)}>;`),
  ];
  const fields = [
    ...Object.keys(integers).map((name) => `${name}: u32,`),
    ...Object.keys(floats).map((name) => `${name}: f32,`),
  ];
  return [
    ...enable.map((extension) => `enable ${extension};`),
    ...bindings.map((binding, i) => `@group(0) @binding(${i}) ${binding}`),
    ...(fields.length > 0
      ? [`struct Params { ${fields.join(' ')} }`, `@group(0) @binding(${bindings.length}) var<uniform> params: Params;`]
      : []),
    helpers,
  ].join('\n');
}

/** The parameters as the bytes of the struct `Params`; undefined when there are none. */
export function paramsOf({ integers = {}, floats = {} }: Pass): Uint32Array<ArrayBuffer> | undefined {
  const words = [...Object.values(integers)];
  const numbers = [...Object.values(floats)];
  const count = words.length + numbers.length;
  if (count === 0) return undefined;
  const params = new Uint32Array(Math.ceil(count / 4) * 4);
  params.set(words);
  new Float32Array(params.buffer).set(numbers, words.length);
  return params;
}

/** Workgroups in each dimension; a flat count beyond the limit becomes rows, the last of them not full. */
export function spread(groups: Pass['groups'], limit: number): [number, number, number] {
  if (typeof groups !== 'number') return [...groups];
  if (groups <= limit) return [groups, 1, 1];
  const rows = Math.ceil(groups / limit);
  return [Math.ceil(groups / rows), rows, 1];
}
