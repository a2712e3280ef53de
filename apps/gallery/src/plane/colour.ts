/** A colour as red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

/** Shades of the ramp: one for every step of a density between nothing and the most. */
const SHADES = 256;
/** Below 1, so that thin regions are seen beside peaks. */
const GAMMA = 0.6;
/** The share of cells that may be brighter than the ramp's end, so that one spike does not darken the rest. */
const SPIKES = 0.002;

/**
 * Colours a density, pixel by pixel.
 *
 * @param density - a value a pixel.
 * @param ramp - colours as #rrggbb, from none to the most.
 * @param end - the density that the ramp's end stands for. Default: what all but a few cells are below.
 * @returns the pixels as RGBA, and the density that the ramp's end stands for.
 */
export function colourDensity(
  density: Float32Array,
  ramp: readonly string[],
  end?: number,
): { pixels: Uint8ClampedArray<ArrayBuffer>; top: number } {
  const top = end || density.slice().sort()[Math.ceil((density.length - 1) * (1 - SPIKES))] || 1;
  const shades = shadesOf(ramp);
  const pixels = new Uint8ClampedArray(4 * density.length);
  density.forEach((value, i) => {
    const share = Math.min(1, value / top) ** GAMMA;
    pixels.set(shades[Math.round(share * (SHADES - 1))] ?? (shades[0] as Rgb), 4 * i);
    pixels[4 * i + 3] = 255;
  });
  return { pixels, top };
}

/** The ramp as a table of evenly spaced shades. */
function shadesOf(ramp: readonly string[]): Rgb[] {
  const stops = ramp.map(parseHex);
  return Array.from({ length: SHADES }, (_, i) => {
    const place = (i / (SHADES - 1)) * (stops.length - 1);
    const left = Math.min(Math.floor(place), stops.length - 2);
    const [a, b] = [stops[left] as Rgb, stops[left + 1] as Rgb];
    const t = place - left;
    return [0, 1, 2].map((k) => (a[k] as number) * (1 - t) + (b[k] as number) * t) as unknown as Rgb;
  });
}

function parseHex(colour: string): Rgb {
  const digits = /^\s*#([0-9a-f]{6})\s*$/i.exec(colour)?.[1];
  if (digits === undefined) throw new TypeError(`colourDensity: ramp must hold colours as #rrggbb, got "${colour}"`);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb;
}
