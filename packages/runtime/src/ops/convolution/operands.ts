import type { Operand } from './gemm';

/**
 * The matrices whose products convolutions are, in WGSL. Numbers are loaded four at a time where the channels are a multiple
 * of four.
 */

/** WGSL that returns four numbers: one load, or four in a loop, since a compiler may copy what is called into every call. */
const fourOf = (fours: boolean, at: (n: string) => string) =>
  fours
    ? `return ${at('0u')};`
    : `var four = vec4<f32>();
  for (var n = 0u; n < 4u; n++) { four[n] = ${at('n')}; }
  return four;`;

/** WGSL that returns the number `at` (or four of them) of a tensor where `inside` is true, else 0. */
const guarded = (name: string, fours: boolean, inside: string, at: string) => {
  const type = typeOf(fours);
  return `let inside = ${inside};
  return select(${type}(), ${name}[select(0u, ${fours ? `(${at}) / 4u` : at}, inside)], inside);`;
};

const typeOf = (fours: boolean) => (fours ? 'vec4<f32>' : 'f32');

/** Patches of x, [B · OH · OW, kh · kw · C]. */
export const patches = (name: string, fours: boolean): Operand => ({
  along: 'sum',
  code: `
fn aLine(m: u32) -> vec4<i32> {
  let row = m / params.outWidth;
  let image = row / params.outHeight;
  return vec4<i32>(
    i32(row % params.outHeight * params.strideHeight) - i32(params.padTop),
    i32(m % params.outWidth * params.strideWidth) - i32(params.padLeft),
    i32(image * params.inHeight),
    select(0, 1, m < params.rows));
}
fn seen(line: vec4<i32>, k: u32) -> ${typeOf(fours)} {
  let place = k / params.inChannels;
  let row = line.x + i32(place / params.filterWidth * params.dilationHeight);
  let column = line.y + i32(place % params.filterWidth * params.dilationWidth);
  let pixel = u32((line.z + row) * i32(params.inWidth) + column);
  ${guarded(
    name,
    fours,
    `line.w == 1 && k < params.terms && row >= 0 && row < i32(params.inHeight)
    && column >= 0 && column < i32(params.inWidth)`,
    'pixel * params.inChannels + k % params.inChannels',
  )}
}
fn aLoad(line: vec4<i32>, k: u32) -> vec4<f32> {
  ${fourOf(fours, (n) => `seen(line, k + ${n})`)}
}`,
});

/** Rows of numbers as they lie, [terms, columns]. */
export const plainRows = (name: string, fours: boolean): Operand => ({
  along: 'line',
  code: `
fn bLine(n: u32) -> vec4<i32> { return vec4<i32>(i32(n)); }
fn given(n: u32, k: u32) -> ${typeOf(fours)} {
  ${guarded(name, fours, 'n < params.columns && k < params.terms', 'k * params.columns + n')}
}
fn bLoad(line: vec4<i32>, k: u32) -> vec4<f32> {
  ${fourOf(fours, (n) => `given(u32(line.x) + ${n}, k)`)}
}`,
});

/** What each pixel of x was seen as, [B · H · W, kh · kw · F] of dy. */
export const seenBy = (name: string, fours: boolean): Operand => ({
  along: 'sum',
  code: `
fn aLine(m: u32) -> vec4<i32> {
  let row = m / params.inWidth;
  let image = row / params.inHeight;
  return vec4<i32>(
    i32(row % params.inHeight + params.padTop),
    i32(m % params.inWidth + params.padLeft),
    i32(image * params.outHeight),
    select(0, 1, m < params.rows));
}
fn seen(line: vec4<i32>, k: u32) -> ${typeOf(fours)} {
  let place = k / params.outChannels;
  let down = line.x - i32(place / params.filterWidth * params.dilationHeight);
  let across = line.y - i32(place % params.filterWidth * params.dilationWidth);
  let row = down / i32(params.strideHeight);
  let column = across / i32(params.strideWidth);
  let pixel = u32((line.z + row) * i32(params.outWidth) + column);
  ${guarded(
    name,
    fours,
    `line.w == 1 && k < params.terms && down >= 0 && across >= 0
    && row * i32(params.strideHeight) == down && column * i32(params.strideWidth) == across
    && row < i32(params.outHeight) && column < i32(params.outWidth)`,
    'pixel * params.outChannels + k % params.outChannels',
  )}
}
fn aLoad(line: vec4<i32>, k: u32) -> vec4<f32> {
  ${fourOf(fours, (n) => `seen(line, k + ${n})`)}
}`,
});

/** The kernel [kh · kw, C, F] as [kh · kw · F, C]. */
export const turnedKernel = (name: string, fours: boolean): Operand => ({
  along: 'sum',
  code: `
fn bLine(n: u32) -> vec4<i32> { return vec4<i32>(i32(n)); }
fn weight(n: u32, k: u32) -> ${typeOf(fours)} {
  let at = (k / params.outChannels * params.inChannels + n) * params.outChannels + k % params.outChannels;
  ${guarded(name, fours, 'n < params.columns && k < params.terms', 'at')}
}
fn bLoad(line: vec4<i32>, k: u32) -> vec4<f32> {
  ${fourOf(fours, (n) => `weight(u32(line.x), k + ${n})`)}
}`,
});

/** Patches of x, transposed: [kh · kw · C, B · OH · OW]. */
export const turnedPatches = (name: string, fours: boolean): Operand => ({
  along: 'line',
  code: `
fn aLine(m: u32) -> vec4<i32> { return vec4<i32>(i32(m)); }
fn seen(m: u32, image: u32, top: i32, left: i32) -> ${typeOf(fours)} {
  let place = m / params.inChannels;
  let row = top + i32(place / params.filterWidth * params.dilationHeight);
  let column = left + i32(place % params.filterWidth * params.dilationWidth);
  let pixel = (image * params.inHeight + u32(row)) * params.inWidth + u32(column);
  ${guarded(
    name,
    fours,
    `m < params.rows && image < params.batch && row >= 0 && row < i32(params.inHeight)
    && column >= 0 && column < i32(params.inWidth)`,
    'pixel * params.inChannels + m % params.inChannels',
  )}
}
fn aLoad(line: vec4<i32>, k: u32) -> vec4<f32> {
  let row = k / params.outWidth;
  let image = row / params.outHeight;
  let top = i32(row % params.outHeight * params.strideHeight) - i32(params.padTop);
  let left = i32(k % params.outWidth * params.strideWidth) - i32(params.padLeft);
  ${fourOf(fours, (n) => `seen(u32(line.x) + ${n}, image, top, left)`)}
}`,
});
