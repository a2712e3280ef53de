import { join } from 'node:path';
import type { Goal, Row } from '../benchmark.ts';
import { type Contender, type Introduction, startContender } from '../contenders.ts';
import type { Who } from './contender.ts';
import type { StepName } from './step.ts';

/** Where Debian's Python is, with Debian's packages; TENON_PYTHON names another. */
const PYTHON = process.env.TENON_PYTHON ?? '/usr/bin/python3';
/** A program packed into one file starts itself, and finds no files beside it. */
const CONTENDER = process.env.TENON_CONTENDER ?? join(import.meta.dirname, 'contender.ts');
const PEERS = process.env.TENON_PEERS ?? join(import.meta.dirname, '..', '..', 'peers');

/** What a part of the benchmark finds. */
export interface Part {
  rows: Row[];
  goals: Goal[];
}

export interface Players {
  note(text: string): void;
  /** A contender in a process of its own; or none, and a note that says why. */
  start(who: Who, backend: 'webgpu' | 'wasm' | 'cpu', step: StepName): Promise<Contender | undefined>;
  /** PyTorch in a process of its own; or none, and a note that says why. */
  startTorch(step: StepName, device?: 'cpu' | 'cuda', dtype?: 'float32' | 'float16'): Promise<Contender | undefined>;
}

const titles: Record<Who, string> = {
  tenon: 'Tenon',
  tenonEager: 'Tenon, not captured,',
  plain: 'plain tfjs',
  jax: 'jax-js',
};

export function openPlayers(note: (text: string) => void): Players {
  const start = async (title: string, program: string, args: string[], hint = '') => {
    try {
      return await startContender<Introduction>(program, args);
    } catch (error) {
      note(`${title} was not measured: ${(error as Error).message}${hint}`);
      return undefined;
    }
  };
  return {
    note,
    start: (who, backend, step) =>
      start(`${titles[who]} on ${backend}`, process.execPath, [CONTENDER, who, backend, step]),
    startTorch: (step, device = 'cpu', dtype = 'float32') =>
      start(
        `PyTorch (${device})`,
        PYTHON,
        [join(PEERS, 'runtime.py'), step, device, dtype],
        device === 'cpu' ? '; apt-get install python3-torch' : '',
      ),
  };
}

export const rounded = (value: number) => Number(value.toPrecision(3));
