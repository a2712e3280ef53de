import type { Numbers } from '@tenonjs/runtime';

type Rgb = [number, number, number];

const clamp = (x: number) => Math.min(1, Math.max(0, x));
const grey = ([r, g, b]: Rgb) => 0.2989 * r + 0.587 * g + 0.114 * b;

/** Turned by so much of a circle, by way of hue, saturation and value. */
function turned([r, g, b]: Rgb, by: number): Rgb {
  const most = Math.max(r, g, b);
  const range = most - Math.min(r, g, b);
  if (range === 0) return [r, g, b];
  const sixth = most === r ? (g - b) / range : most === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  const hue = sixth + 6 * by;
  // Each channel rises, stays and falls along the circle, one third after the other.
  const channel = (n: number) => {
    const k = n + hue - 6 * Math.floor((n + hue) / 6);
    return clamp(most - range * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}

export function colorOnHost(x: Numbers, factors: Numbers, y: Numbers, shape: readonly number[]): void {
  const [B, H, W, C] = shape as [number, number, number, number];
  for (let image = 0; image < B; image++) {
    const [brightness, contrast, saturation, hue] = [0, 1, 2, 3].map((k) => factors[4 * image + k]) as [
      number,
      number,
      number,
      number,
    ];
    const [first, end] = [image * H * W * C, (image + 1) * H * W * C];
    const pixel = (at: number) =>
      [0, 1, 2].map((c) => clamp(brightness * (x[at + Math.min(c, C - 1)] as number))) as Rgb;
    let sum = 0;
    for (let at = first; at < end; at += C) sum += C === 3 ? grey(pixel(at)) : (pixel(at)[0] as number);
    const mean = sum / (H * W);
    for (let at = first; at < end; at += C) {
      const contrasted = pixel(at).map((value) => clamp(contrast * value + (1 - contrast) * mean)) as Rgb;
      if (C === 1) {
        y[at] = contrasted[0];
        continue;
      }
      const tone = grey(contrasted);
      const saturated = contrasted.map((value) => clamp(saturation * value + (1 - saturation) * tone)) as Rgb;
      for (const [c, value] of (hue === 0 ? saturated : turned(saturated, hue)).entries()) y[at + c] = value;
    }
  }
}
