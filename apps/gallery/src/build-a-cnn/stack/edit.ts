import { type Block, type Kind, MOST_BLOCKS, type Stack, usualBlock } from './blocks';

/** A stack, and which of its stages is looked into: 0 the digit, then each block, and the classes last. */
export interface Edited {
  stack: Stack;
  look: number;
}

/** With a block of a kind after the stage that is looked into; the new one is looked into then. */
export function inserted({ stack, look }: Edited, kind: Kind): Edited {
  if (stack.length >= MOST_BLOCKS) return { stack, look };
  const at = Math.min(look, stack.length);
  return { stack: stack.toSpliced(at, 0, usualBlock(kind)), look: at + 1 };
}

/** Without one of the blocks, counted from 0; what was looked into still is, or else what was below it. */
export function removed({ stack, look }: Edited, at: number): Edited {
  return { stack: stack.toSpliced(at, 1), look: look > at ? look - 1 : look };
}

/** With a block at another place; who looked into a block goes on looking into it. */
export function moved({ stack, look }: Edited, from: number, to: number): Edited {
  const block = stack[from];
  if (block === undefined || to < 0 || to >= stack.length) return { stack, look };
  const places = [...stack.keys()];
  const order = places.toSpliced(from, 1).toSpliced(to, 0, from);
  const isBlock = look >= 1 && look <= stack.length;
  return { stack: order.map((place) => stack[place] as Block), look: isBlock ? order.indexOf(look - 1) + 1 : look };
}

/** With another block in the place of one. */
export const replaced = ({ stack, look }: Edited, at: number, block: Block): Edited => ({
  stack: stack.with(at, block),
  look,
});
