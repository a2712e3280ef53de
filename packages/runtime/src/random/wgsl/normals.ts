import { circleCode, logCode, rootCode } from './functions';

/** `normals(a, b)` in WGSL: two words as two standard normals, the host's `toNormals` to 2·10⁻⁶. */
export const normalsCode = (): string => `${logCode()}${circleCode()}${rootCode()}
fn normals(a: u32, b: u32) -> vec2<f32> {
  return preciseRoot(-2.0 * preciseLog(f32((a >> 8u) + 1u) * ${2 ** -24})) * circle(b >> 8u);
}
`;
