import { join } from 'node:path';
import { type BackendName, backendNames } from '@tenonjs/runtime';
import type { Goal, Row } from '../benchmark.ts';
import { type Contender, startContender } from '../contenders.ts';
import { medianTimes } from '../medianTimes.ts';
import { type Case, cases } from './cases.ts';

/** Where Debian's Python is, with Debian's packages. */
const PYTHON = '/usr/bin/python3';

/** How many dispatches of plain tfjs a step may take at most. */
const SHARE = 1 / 4;

export interface Steps {
  rows: Row[];
  goals: Goal[];
}

/** Training steps of flows with Adam: here, in plain tfjs, and in PyTorch on the CPU. */
export async function trainingSteps(say: (line: string) => void, note: (text: string) => void): Promise<Steps> {
  const [rows, goals]: [Row[], Goal[]] = [[], []];
  for (const backend of backendNames) {
    for (const [name, given] of Object.entries(cases)) {
      say(`${backend}, ${name}`);
      const contenders = await start(backend, name, given, note);
      const row = await measured(contenders, note);
      for (const contender of Object.values(contenders)) contender?.dispose();
      if (Object.keys(row).length === 0) continue;
      rows.push({ step: name, backend, ...row });
      const [ours, theirs] = [contenders.tenon?.dispatches, contenders.plain?.dispatches];
      if (typeof ours !== 'number' || typeof theirs !== 'number') continue;
      const figure = `${ours} of ${theirs}, ${(ours / theirs).toFixed(3)} of them`;
      goals.push({ what: `dispatches, ${name}`, figure, goal: `at most ${SHARE}`, reached: ours <= SHARE * theirs });
    }
  }
  return { rows, goals };
}

interface Contenders {
  tenon?: Contender;
  plain?: Contender;
  torch?: Contender;
}

async function start(
  backend: BackendName,
  name: string,
  given: Case,
  note: (text: string) => void,
): Promise<Contenders> {
  const programs = {
    tenon: [process.execPath, join(import.meta.dirname, 'contender.ts'), 'tenon', backend, name],
    plain: [process.execPath, join(import.meta.dirname, 'contender.ts'), 'plain', backend, name],
    torch: [PYTHON, join(import.meta.dirname, '..', '..', 'peers', 'flows.py'), JSON.stringify(given)],
  };
  const contenders: Contenders = {};
  for (const [who, [program, ...args]] of Object.entries(programs) as [keyof Contenders, [string, ...string[]]][]) {
    try {
      contenders[who] = await startContender(program, args);
    } catch (error) {
      const { message } = error as Error;
      note(
        who === 'torch'
          ? `PyTorch was not measured: ${message}; apt-get install python3-torch`
          : `${backend} was not measured: ${message}`,
      );
      if (who === 'tenon') return {}; // without the backend there is nothing to compare
    }
  }
  return contenders;
}

/** Times of all that there are, taken in turn, and what they sent to the GPU. */
async function measured({ tenon, plain, torch }: Contenders, note: (text: string) => void): Promise<Row> {
  if (!tenon || !plain) return {};
  const { device } = tenon;
  const row: Row = {};
  if (tenon.dispatches !== null) note(`webgpu is ${device}`);
  if (isSoftware(device)) {
    note('times on a software adapter mean nothing and are left out');
  } else {
    const ms = await medianTimes({
      tenon: () => tenon.step(),
      plain: () => plain.step(),
      ...(torch && { torch: () => torch.step() }),
    });
    row['Tenon ms'] = rounded(ms.tenon as number);
    row['plain tfjs ms'] = rounded(ms.plain as number);
    row['plain / Tenon'] = rounded((ms.plain as number) / (ms.tenon as number));
    if (torch) row['PyTorch ms'] = rounded(ms.torch as number);
    if (torch) note(`PyTorch is ${torch.device}`);
  }
  if (tenon.dispatches !== null) row['Tenon dispatches'] = tenon.dispatches;
  if (plain.dispatches !== null) row['plain tfjs dispatches'] = plain.dispatches;
  return row;
}

/** A CPU that plays a GPU: Chromium's SwiftShader, Mesa's llvmpipe. */
const isSoftware = (device: string): boolean => /swiftshader|llvmpipe/i.test(device);

const rounded = (value: number) => Number(value.toPrecision(3));
