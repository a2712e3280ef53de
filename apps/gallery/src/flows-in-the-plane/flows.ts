/** What the page says and knows of a kind of flow. */
interface FlowKind {
  label: string;
  /** What one of its layers does. */
  words: string;
  /** With how many layers, and how bold a step, it does well in the plane. */
  usual: { depth: number; learningRate: number };
  /** Whether its layers have networks inside, which have a width. */
  hasNetwork: boolean;
}

/** The flows by name, couplings first, in the order in which they are offered. */
export const flows = {
  realNvp: {
    label: 'RealNVP',
    words: 'One coordinate stays, and a network reads from it how to scale and shift the other.',
    usual: { depth: 8, learningRate: 0.003 },
    hasNetwork: true,
  },
  nice: {
    label: 'NICE',
    words: 'RealNVP without the scale: layers shear and keep area; one scaling before them does the rest.',
    usual: { depth: 8, learningRate: 0.003 },
    hasNetwork: true,
  },
  spline: {
    label: 'Neural spline',
    words: 'A network draws a monotone curve of eight pieces, along which the other coordinate moves.',
    usual: { depth: 4, learningRate: 0.003 },
    hasNetwork: true,
  },
  glow: {
    label: 'Glow',
    words: 'RealNVP, with a learned norm and a learned turn of the axes before each layer.',
    usual: { depth: 6, learningRate: 0.003 },
    hasNetwork: true,
  },
  maf: {
    label: 'Masked autoregressive',
    words: 'Each coordinate is scaled and shifted as those before it decide: densities take one pass, samples two.',
    usual: { depth: 5, learningRate: 0.003 },
    hasNetwork: true,
  },
  iaf: {
    label: 'Inverse autoregressive',
    words: 'The same, but latent coordinates decide: samples take one pass, densities two.',
    usual: { depth: 5, learningRate: 0.003 },
    hasNetwork: true,
  },
  planar: {
    label: 'Planar',
    words: 'Points are pushed along one direction, by how far they lie on one side of a line: five numbers a layer.',
    usual: { depth: 16, learningRate: 0.01 },
    hasNetwork: false,
  },
  radial: {
    label: 'Radial',
    words: 'Points are pushed away from a centre, or drawn towards it: four numbers a layer.',
    usual: { depth: 16, learningRate: 0.01 },
    hasNetwork: false,
  },
  sylvester: {
    label: 'Sylvester',
    words: 'A planar layer that pushes along two directions at once.',
    usual: { depth: 12, learningRate: 0.01 },
    hasNetwork: false,
  },
  residual: {
    label: 'Residual',
    words: 'A network is added to every point, so gently that it can be undone; a norm follows.',
    usual: { depth: 6, learningRate: 0.003 },
    hasNetwork: true,
  },
  continuous: {
    label: 'Continuous',
    words: 'Points drift along a field for a unit of time, in eight steps of Runge and Kutta; a norm follows.',
    usual: { depth: 1, learningRate: 0.01 },
    hasNetwork: true,
  },
} as const satisfies Record<string, FlowKind>;

export type FlowName = keyof typeof flows;
export const flowNames = Object.keys(flows) as FlowName[];
