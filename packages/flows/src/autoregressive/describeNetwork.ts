import type { MaskedLayer, PixelNetwork } from './canvas';
import type { PixelHead } from './pixelHead';

export interface PixelLayerDescription {
  name: string;
  /** [height, width, inputs, outputs] of the kernel, all taps counted. */
  kernel: number[];
  mask: 'A' | 'B';
  /** Numbers that training may change; taps that the mask hides do not count. */
  parameters: number;
}

export interface PixelCnnDescription {
  layers: PixelLayerDescription[];
  parameters: number;
  /** So many rows above a pixel decide it at most. */
  reach: number;
  /** All this as a table. */
  text: string;
}

/** What a network of masked convolutions is made of. */
export function describeNetwork({ layers, places }: PixelNetwork, head: PixelHead): PixelCnnDescription {
  const described = layers.map((layer) => ({
    name: layer.name,
    kernel: layer.kernel.shape,
    mask: layer.mask,
    parameters: seenIn(layer) + layer.bias.size + (layer.contextKernel?.size ?? 0),
  }));
  const parameters = described.reduce((sum, layer) => sum + layer.parameters, places?.size ?? 0);
  const reach = layers.reduce((sum, { kernel }) => sum + ((kernel.shape[0] as number) - 1) / 2, 0);
  const rows = [
    ['layer', 'kernel', 'mask', 'parameters'],
    ...described.map((layer) => [layer.name, layer.kernel.join(' × '), layer.mask, String(layer.parameters)]),
    ...(places ? [['places', places.shape.slice(1).join(' × '), '', String(places.size)]] : []),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] as number))
      .join('  ')
      .trimEnd(),
  );
  const text = [...lines, `${parameters} parameters; ${head.name}; sees ${reach} rows above`].join('\n');
  return { layers: described, parameters, reach, text };
}

/** The numbers of a kernel that its mask lets through. */
function seenIn({ kernel, mask, vertical, groups = 1 }: MaskedLayer): number {
  const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
  const above = ((height - 1) / 2) * width;
  const own = vertical ? (mask === 'B' ? width : 0) : (width - 1) / 2;
  const centre = vertical ? 0 : (mask === 'B' ? groups + 1 : groups - 1) / (2 * groups);
  return (above + own + centre) * inputs * outputs;
}
