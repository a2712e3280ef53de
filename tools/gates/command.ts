import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './workspace.ts';

export interface Finished {
  ok: boolean;
  /** What it wrote, stdout and stderr in the order in which they came, without colours. */
  output: string;
  /** What it wrote to stdout alone. */
  stdout: string;
}

export interface CommandOptions {
  cwd?: string;
  /** Laid over this process's own environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** It is killed after so many minutes: a hung gate must not hang the run. Default 15. */
  minutes?: number;
}

const windows = process.platform === 'win32';

/** Runs a program without a shell, hears it out and never throws. */
export function command(
  program: string,
  args: string[],
  { cwd = root, env, minutes = 15 }: CommandOptions = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm, pnpm and the tools in node_modules/.bin are .cmd files on Windows, which only a shell can start.
      shell: windows && program !== process.execPath,
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
    });

    const stop = () => child.kill('SIGTERM');
    process.once('SIGTERM', stop);
    const clock = setTimeout(() => {
      output += `\nstopped after ${minutes} minutes`;
      child.kill('SIGKILL');
    }, minutes * 60_000);

    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (status) => {
      clearTimeout(clock);
      process.off('SIGTERM', stop);
      resolve({ ok: status === 0, output: stripVTControlCharacters(output).trim(), stdout });
    });
  });
}

/** Runs one of the tools that the root package installs: `tool('biome', ['check', '.'])`. */
export function tool(name: string, args: string[], options?: CommandOptions): Promise<Finished> {
  return command(join(root, 'node_modules/.bin', name), args, options);
}

/** Runs a TypeScript or JavaScript file with the Node that runs this one. */
export function node(args: string[], options?: CommandOptions): Promise<Finished> {
  return command(process.execPath, args, options);
}

/** Maps with at most `width` at a time, in order. */
export async function mapInParallel<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
