/**
 * The colours of every picture, as variables that a page may set otherwise: `.tenon-plot { --paper: none }`. Series are
 * told apart by those who see few colours too (after Okabe & Ito 2008).
 */
const light =
  '--paper:#fff;--ink:#1f2328;--quiet:#59606a;--rule:#d8dce1;--s1:#1d5ba4;--s2:#b4500f;--s3:#0f7a5f;--s4:#8a3fa0;--s5:#7a5c00;--s6:#b0296b';
const dark =
  '--paper:#15181c;--ink:#e9ebee;--quiet:#a6adb6;--rule:#3b4149;--s1:#74b4f4;--s2:#f0a35e;--s3:#5fcfa8;--s4:#cf9ae6;--s5:#dcc060;--s6:#f38fbd';

/** Light or dark paper, or what the reader's system has. */
export type Theme = 'auto' | 'light' | 'dark';

/** The style sheet of a picture; it weighs nothing against the page's own. */
export function styleOf(theme: Theme): string {
  const shown = `:where(.tenon-plot){${theme === 'dark' ? dark : light};background:var(--paper);color:var(--ink)}`;
  const night = theme === 'auto' ? `@media (prefers-color-scheme:dark){:where(.tenon-plot){${dark}}}` : '';
  return shown + night;
}

/** The colour of the i-th series. */
export const seriesColour = (i: number): string => `var(--s${(i % 6) + 1})`;
