/** The convolutions of the network: how many filters, how wide, and whether the largest of each two by two follows. */
export const convolutions = [
  { name: 'conv1', filters: 12, kernelSize: 5, pooled: true },
  { name: 'conv2', filters: 24, kernelSize: 3, pooled: true },
  { name: 'conv3', filters: 32, kernelSize: 3, pooled: false },
  { name: 'conv4', filters: 48, kernelSize: 3, pooled: true },
  { name: 'conv5', filters: 64, kernelSize: 3, pooled: false },
] as const;

export const layerNames = convolutions.map(({ name }) => name);
export type LayerName = (typeof layerNames)[number];
