/**
 * The colours of every picture, as variables that a page may set otherwise: `.tenon-plot { --paper: none }`. Train, test
 * and what is left out are told apart by those who see few colours too.
 */
const light =
  '--paper:#fff;--ink:#1f2328;--quiet:#59606a;--rule:#d8dce1;--out:#d5dae0;--train:#1d5ba4;--test:#d9691c;--c1:#93cdb9;--c2:#cda9dc;--c3:#dfce86;--c4:#e6a3c2;--c5:#a9c6e2;--c6:#e0c3a8';
const dark =
  '--paper:#15181c;--ink:#e9ebee;--quiet:#a6adb6;--rule:#3b4149;--out:#39414b;--train:#4c8fd6;--test:#f0a35e;--c1:#2f7a64;--c2:#7d4f92;--c3:#83732a;--c4:#964669;--c5:#44607f;--c6:#7c5f45';

/** Light or dark paper, or what the reader's system has. */
export type Theme = 'auto' | 'light' | 'dark';

/** The style sheet of a picture; it weighs nothing against the page's own. */
export function styleOf(theme: Theme): string {
  const shown = `:where(.tenon-plot){${theme === 'dark' ? dark : light};background:var(--paper);color:var(--ink)}`;
  return theme === 'auto' ? `${shown}@media (prefers-color-scheme:dark){:where(.tenon-plot){${dark}}}` : shown;
}

/** The colour of the i-th class or group. */
export const bandColour = (i: number): string => `var(--c${(i % 6) + 1})`;
