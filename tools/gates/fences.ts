import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A piece of TypeScript in a page of Markdown. */
export interface Fence {
  /** The page it stands in. */
  page: string;
  /** The page's line of its first line of code, counted from 1. */
  line: number;
  code: string;
}

/** The ```ts and ```typescript fences of a page, in order. */
export function fencesOf(page: string, text: string = readFileSync(page, 'utf8')): Fence[] {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  let opened: { marks: string; typescript: boolean; from: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, marks = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(line) ?? [];
    if (!opened) {
      if (marks) opened = { marks, typescript: /^(ts|typescript)$/.test(language), from: index + 1 };
    } else if (marks.startsWith(opened.marks) && language === '') {
      if (opened.typescript)
        fences.push({ page, line: opened.from + 1, code: lines.slice(opened.from, index).join('\n') });
      opened = undefined;
    }
  }
  return fences;
}

/**
 * A fence as a file of its own. Its code stands on the lines on which it stands in its page, so that the line in a
 * compiler's complaint or a stack trace is the page's own.
 */
export function fileOf({ page, line, code }: Fence): { name: string; text: string } {
  const name = `${basename(dirname(page))}-${basename(page, '.md')}-${line}.ts`;
  return { name, text: `${'\n'.repeat(line - 1)}${code}\nexport {};\n` };
}
