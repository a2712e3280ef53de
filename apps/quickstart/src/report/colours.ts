/** A colour as red, green, blue, 0 … 255. */
type Rgb = readonly [number, number, number];

/** From nothing to the most there is, on light and on dark paper. */
const scales: Record<'light' | 'dark', readonly Rgb[]> = {
  light: [
    [252, 252, 250],
    [198, 219, 239],
    [90, 154, 208],
    [29, 91, 164],
    [10, 41, 92],
  ],
  dark: [
    [22, 24, 28],
    [22, 62, 112],
    [38, 120, 190],
    [120, 190, 240],
    [240, 250, 255],
  ],
};

/** The colour of a share, 0 … 1. */
export function colourOf(share: number, scheme: 'light' | 'dark'): Rgb {
  const stops = scales[scheme];
  const at = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(at), stops.length - 2);
  const [from, to] = [stops[below] as Rgb, stops[below + 1] as Rgb];
  return from.map((value, i) => Math.round(value + (at - below) * ((to[i] as number) - value))) as unknown as Rgb;
}
