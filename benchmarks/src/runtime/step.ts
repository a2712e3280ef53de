/** One thing to measure, made by one contender. */
export interface Step {
  /** Everything that the host does in one step: afterwards the device has its work. */
  send(): void;
  /** Waits until everything that was sent is computed. */
  finish(): Promise<void>;
  /** The loss of the step sent last, or some number of its result. */
  value(): Promise<number>;
}

/** What is measured, by name. */
export const stepNames = [
  'mlp',
  'cnn',
  'smallCnn',
  'layerNorm',
  'layerNormGradient',
  'adam',
  'matMul512',
  'matMul2048',
  'matMul4096',
] as const;
export type StepName = (typeof stepNames)[number];

/** Layer norm of rows as a Transformer has them; Adam for one matrix. */
export const LAYER_NORM = { rows: 256, columns: 64, epsilon: 1e-5 };
export const ADAM_SHAPE: [number, number] = [64, 64];

/** The edge of a square product. */
export const edgeOf = (name: StepName): number => Number(name.slice('matMul'.length));

/** A CPU that plays a GPU: Chromium's SwiftShader, Mesa's llvmpipe. */
export const isSoftware = (device: string): boolean => /swiftshader|llvmpipe/i.test(device);
