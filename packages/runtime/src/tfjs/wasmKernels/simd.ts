import * as tf from '@tensorflow/tfjs-core';
import { scratch } from './scratch';
import type { WasmBackend } from './wasmBackend';

/**
 * Loops in WebAssembly SIMD on the memory of tfjs's wasm backend, compiled from packages/runtime/assembly.
 *
 * Pointers are byte offsets: the `byteOffset` of a view of the heap. They stay good when the memory grows, which views do
 * not. Everything is float32 and row by row unless it is said otherwise.
 */
export interface Simd {
  /** Bytes of scratch memory that `batchMatmul` needs. */
  matmulScratch(): number;
  /** c[i] = a[i] b[i]; strides are counted in numbers, and a batch stride of 0 repeats a matrix. */
  batchMatmul(
    ...args: [
      ...[a: number, aBatch: number, aRow: number, aColumn: number],
      ...[b: number, bBatch: number, bRow: number, bColumn: number],
      ...[c: number, batch: number, rows: number, inner: number, columns: number, scratch: number],
    ]
  ): void;
  /** Bytes of scratch memory that a convolution needs; `window` points at the 15 integers of `writeWindow`. */
  convolutionScratch(window: number): number;
  convolve(window: number, x: number, filter: number, y: number, scratch: number): void;
  /** Bytes of a filter that is spread for `convolveSpread`; 0 where that is no gain. */
  spreadFilterBytes(window: number): number;
  spreadFilter(window: number, filter: number, to: number, scratch: number): void;
  /** `convolve` with a filter that is spread. */
  convolveSpread(window: number, x: number, filter: number, y: number, scratch: number): void;
  convolveFilterGradient(window: number, x: number, dy: number, dFilter: number, scratch: number): void;
  convolveInputGradient(window: number, dy: number, filter: number, dx: number, scratch: number): void;
  depthwise(window: number, x: number, filter: number, y: number): void;
  depthwiseFilterGradient(window: number, x: number, dy: number, dFilter: number): void;
  depthwiseInputGradient(window: number, dy: number, filter: number, dx: number): void;
  maxPoolGradient(window: number, x: number, dy: number, dx: number): void;

  /** y = f(x + bias) for a matrix; a bias of 0 is none; `kind` as in `activationKinds`. */
  activate(kind: number, x: number, bias: number, y: number, rows: number, columns: number, alpha: number): void;
  /** dx = dy f′(x + bias). */
  activateGradient(
    ...args: [
      kind: number,
      dy: number,
      x: number,
      bias: number,
      dx: number,
      rows: number,
      columns: number,
      alpha: number,
    ]
  ): void;

  /** y = f((x − mean) · scale + shift + residual): vectors down the columns, a residual of x's size (0: none). */
  affine(
    ...args: [
      ...[kind: number, x: number, mean: number, scale: number, shift: number, residual: number, y: number],
      ...[rows: number, columns: number, alpha: number],
    ]
  ): void;
  /** dz = dy f′(…), unless f is linear; Σ dz and Σ dz (x − mean) over the rows. `work` has 16 bytes a column. */
  affineGradient(
    ...args: [
      ...[kind: number, dy: number, x: number, mean: number, scale: number, shift: number, residual: number],
      ...[dz: number, sums: number, dots: number, rows: number, columns: number, alpha: number, work: number],
    ]
  ): void;

  /**
   * out[r, c] = a[r, c] ∘ b[r, c]; a step of 0 repeats one number along a row, a row stride of 0 the same row. `kind` as in
   * `binaryKinds`.
   */
  binary(
    ...args: [
      ...[kind: number, a: number, aRow: number, aStep: number, b: number, bRow: number, bStep: number],
      ...[out: number, rows: number, columns: number],
    ]
  ): void;

  /** Sums down the columns, added up in float64. */
  columnSums(x: number, sums: number, rows: number, columns: number): void;
  /** Mean, what its rounding left over, and variance (divided by the number of rows) down the columns. */
  columnMoments(
    ...args: [x: number, mean: number, rest: number, variance: number, rows: number, columns: number]
  ): void;
  /** y[r, c] = (x[r, c] − mean[c]) scale[c] + shift[c]. */
  normalizeColumns(
    ...args: [x: number, mean: number, scale: number, shift: number, y: number, rows: number, columns: number]
  ): void;
  /** z[r, c] = x[r, c] a[c] + (y[r, c] − mean[c]) b[c] + d[c]: a batch norm's input gradient. */
  mixColumns(
    ...args: [
      ...[x: number, a: number, y: number, mean: number, b: number, d: number],
      ...[z: number, rows: number, columns: number],
    ]
  ): void;

  /** y = (x − mean) / √(variance + ε) · gamma + beta along rows. */
  layerNorm(
    ...args: [
      ...[x: number, gamma: number, beta: number, y: number],
      ...[rows: number, columns: number, epsilon: number],
    ]
  ): void;
  layerNormGradient(
    ...args: [
      ...[dy: number, x: number, gamma: number, dx: number, dGamma: number, dBeta: number],
      ...[rows: number, columns: number, epsilon: number],
    ]
  ): void;
  /** out[ids[r]] += x[r] for int32 ids, after clearing `out` [segments, columns]; ids outside are left out. */
  segmentSums(x: number, ids: number, out: number, rows: number, columns: number, segments: number): void;
}

/** The activations that `activate` knows; `alpha` is the slope of leakyRelu and the limit of elu. */
export const activationKinds = {
  ...{ linear: 0, relu: 1, leakyRelu: 2, elu: 3, selu: 4, sigmoid: 5 },
  ...{ tanh: 6, silu: 7, softplus: 8, mish: 9, geluTanh: 10, gelu: 11, relu6: 12 },
} as const;

/** The operations that `binary` knows, by the names of tfjs's kernels. */
export const binaryKinds = {
  ...{ Add: 0, Sub: 1, Multiply: 2, RealDiv: 3, Maximum: 4, Minimum: 5, SquaredDifference: 6 },
} as const;

/** Products by fused multiply-add are some 1.4 times as fast as XNNPACK's, those without are slower. */
let modules: { products: WebAssembly.Module; loops: WebAssembly.Module; fused: boolean } | undefined;

/**
 * Compiles the loops for the memory of the wasm backend, once it has started, and sets scratch memory aside; without SIMD
 * there is nothing to compile.
 */
export async function startSimd(): Promise<void> {
  const backend = registered();
  const memory = memoryOf(backend);
  if (!backend || !memory) return;
  modules ??= await compiledFor(memory);
  const loops = simd(backend);
  if (loops) scratch(backend, loops.matmulScratch());
}

async function compiledFor(memory: WebAssembly.Memory): Promise<typeof modules> {
  const { loops, plainProducts, relaxedProducts } = await import('./simdBytes');
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const compiled = (base64: string) => WebAssembly.compile(bytesOf(base64, isShared)).catch(() => undefined);
  const relaxed = await compiled(relaxedProducts);
  const products = relaxed ?? (await compiled(plainProducts));
  const rest = await compiled(loops);
  return products && rest && { products, loops: rest, fused: relaxed !== undefined };
}

const registered = () => tf.findBackend('wasm') as unknown as WasmBackend | null;

const memoryOf = (backend: WasmBackend | null) => backend?.wasm.asm.memory ?? backend?.wasm.wasmMemory;

/** The import of the memory, `memory` in ASCII, is followed by its kind, 2, and the limits' flags: 3 shared, 1 not. */
const MEMORY = [...'memory'].map((char) => char.charCodeAt(0));

function bytesOf(base64: string, isShared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const at = bytes.findIndex((_, i) => MEMORY.every((char, j) => bytes[i + j] === char)) + MEMORY.length;
  bytes[at + 1] = isShared ? 3 : 1;
  return bytes;
}

const instances = new WeakMap<WasmBackend, Simd>();

/**
 * The loops on a backend's memory; undefined where the engine has no SIMD, or shares no memory of tfjs's.
 *
 * @param backend - tfjs's wasm backend; default: the one that is registered.
 */
export function simd(backend = registered()): Simd | undefined {
  if (!backend || !modules) return undefined;
  const known = instances.get(backend);
  if (known) return known;
  const memory = memoryOf(backend);
  if (!memory) return undefined;
  const start = (module: WebAssembly.Module) => new WebAssembly.Instance(module, { env: { memory } }).exports;
  const made = { ...start(modules.products), ...start(modules.loops) } as unknown as Simd;
  instances.set(backend, made);
  return made;
}

/**
 * Whether a product is better left to XNNPACK: a large one, when it can use threads or multiplies as fast by itself.
 *
 * @param work - multiplications.
 */
export function isForXnnpack(backend: WasmBackend, work: number): boolean {
  return work > 2 ** 20 && (!modules?.fused || backend.wasm.tfjs.getThreadsCount() > 1);
}
