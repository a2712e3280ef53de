import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a contender says of itself, once it is ready: the first line of JSON that it writes. */
export interface Introduction {
  /** What computes. */
  device: string;
  /** Kernels that one step starts on a GPU. */
  dispatches: number | null;
}

/** A process that takes a step when it is asked to. */
export interface Contender extends Introduction {
  /** @returns how long the step took, in milliseconds, as the process itself measured it. */
  step(): Promise<number>;
  /** Writes some other line, which the program knows, and waits for its answer. */
  ask<T>(line: string): Promise<T>;
  dispose(): void;
}

/**
 * Starts a program that introduces itself, and for each line that it reads takes a step and writes how long it took.
 *
 * @throws Error with the program's own words when it ends instead.
 */
export async function startContender<I extends Introduction = Introduction>(
  program: string,
  args: readonly string[],
): Promise<Contender & I> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => {
    complaints += text;
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(reasonIn(complaints) ?? `${program} ended`)));
  });
  ended.catch(() => {}); // heard of below, by whoever waits for an answer
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), ended]);
      if (done) return ended;
      if (/^[{\d]/.test(value)) return JSON.parse(value) as T; // libraries may write lines of their own
    }
  };
  const ask = <T>(line: string): Promise<T> => {
    child.stdin.write(`${line}\n`);
    return answer<T>();
  };
  return {
    ...(await answer<I>()),
    step: () => ask<number>('step'),
    ask,
    dispose: () => void child.stdin.end(),
  };
}

/** The line that says what went wrong, among those that say where. */
const reasonIn = (complaints: string): string | undefined =>
  complaints.split('\n').find((line) => /Error: /.test(line)) ?? complaints.trim().split('\n').at(-1);
