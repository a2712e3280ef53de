/** The value of a design token, as the style sheet has it for the scheme in use. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Calls back now, and whenever the visitor's colour scheme changes. */
export function onScheme(apply: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  apply();
}

/** The colours of densities, from none to the most, as #rrggbb. */
export const ramp = (): string[] =>
  token('--ramp')
    .split(',')
    .map((colour) => colour.trim());
