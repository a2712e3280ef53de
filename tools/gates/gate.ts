import type { Finished } from './command.ts';

/** What a gate found. */
export interface Outcome {
  passed: number;
  failed: number;
  /** A word beside the gate's name. */
  note?: string;
  /** Shown when something failed. */
  output?: string;
  /** Why nothing was checked: what is absent here, and how to get it. In CI that is a failure. */
  absent?: string;
}

export interface Gate {
  name: string;
  run: () => Promise<Outcome>;
}

/** A gate that is one check: a command that must exit with 0. */
export async function fromCommand(finished: Promise<Finished>): Promise<Outcome> {
  const { ok, output } = await finished;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
}

/** A gate of several checks, each of which may have named a problem. */
export async function fromProblems(problems: string[] | Promise<string[]>, checks = 1): Promise<Outcome> {
  const found = await problems;
  const failed = Math.min(found.length, checks);
  return { passed: checks - failed, failed, output: found.join('\n\n') };
}

interface RunOptions {
  write?: (line: string) => void;
  begin?: (name: string) => void;
  strict?: boolean;
}

/**
 * Runs gates one after another, one line each, going on after a failure.
 *
 * @param write - where the lines go.
 * @param begin - hears which gate is next.
 * @param strict - what is absent on this machine fails instead of being skipped.
 * @returns the sums; the last line written is `N passed, N failed`.
 */
export async function runGates(
  gates: Gate[],
  { write = console.log, begin = () => {}, strict = false }: RunOptions = {},
): Promise<{ passed: number; failed: number }> {
  const sum = { passed: 0, failed: 0 };
  for (const { name, run } of gates) {
    begin(name);
    const started = performance.now();
    const outcome = await run().catch(crashed);
    if (outcome.absent && strict) outcome.failed += 1;
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
    write(lineOf(name, outcome, (performance.now() - started) / 1000));
    if (outcome.failed > 0) write(indented(outcome.absent ?? outcome.output ?? ''));
  }
  write('');
  write(`${sum.passed} passed, ${sum.failed} failed`);
  return sum;
}

function crashed(error: unknown): Outcome {
  return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function lineOf(name: string, { failed, note, absent }: Outcome, seconds: number): string {
  const mark = failed > 0 ? '✗' : absent ? '–' : '✓';
  const words = absent && failed === 0 ? `skipped: ${absent}` : `${seconds.toFixed(1).padStart(6)} s  ${note ?? ''}`;
  return `${mark} ${name.padEnd(10)} ${words}`.trimEnd();
}

const indented = (text: string) => text.replace(/^/gm, '    ');
