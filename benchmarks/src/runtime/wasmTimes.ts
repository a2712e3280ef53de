import { cpus, loadavg } from 'node:os';
import type { Goal, Row } from '../benchmark.ts';
import type { Contender } from '../contenders.ts';
import { medianTimes } from '../medianTimes.ts';
import { type Part, type Players, rounded } from './players.ts';
import type { StepName } from './step.ts';

interface Race {
  step: StepName;
  title: string;
  /** What plain tfjs computes on: its wasm backend cannot train a convolution. */
  plainOn: 'wasm' | 'cpu';
  /** Of plain tfjs's time, and of PyTorch's. */
  most: { plain?: number; torch?: number };
}

const races: Race[] = [
  { step: 'mlp', title: 'MLP step', plainOn: 'wasm', most: { plain: 1 / 2, torch: 4 } },
  { step: 'cnn', title: 'CNN step', plainOn: 'cpu', most: { plain: 1 / 10, torch: 10 } },
  { step: 'matMul512', title: 'matMul 512³', plainOn: 'wasm', most: {} },
];

/**
 * The fastest tenth of the rounds is what is kept: threads of PyTorch's that wait for one another lose many times over when
 * something else wants a core.
 */
const FASTEST = 0.1;

/** Times of steps without a GPU, in turns: Tenon on wasm, plain tfjs, PyTorch with two threads. */
export async function wasmTimes(players: Players, say: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  const goals: Goal[] = [];
  for (const { step, title, plainOn, most } of races) {
    say(`without a GPU: ${title}`);
    const tenon = await players.start('tenon', 'wasm', step);
    const plain = await players.start('plain', plainOn, step);
    const torch = await players.startTorch(step);
    if (!tenon || !plain) {
      for (const contender of [tenon, plain, torch]) contender?.dispose();
      continue;
    }
    const slow = plainOn === 'cpu';
    const times = await medianTimes(turns({ tenon, plain: slow ? undefined : plain, torch }), {
      warmUp: 30,
      rounds: 200,
      seconds: 30,
      quantile: FASTEST,
    });
    // tfjs's cpu backend takes many seconds for a step: two of them, in turns of their own.
    const beside = slow ? await medianTimes(turns({ tenon, plain }), { warmUp: 0, rounds: 2, least: 2 }) : times;
    for (const contender of [tenon, plain, torch]) contender?.dispose();
    const ours = times.tenon as number;
    const row: Row = { step: title, backend: 'wasm', 'Tenon ms': rounded(ours) };
    row['plain tfjs ms'] = rounded(beside.plain as number);
    row['Tenon / plain'] = rounded((beside.tenon as number) / (beside.plain as number));
    if (torch) {
      row['PyTorch ms'] = rounded(times.torch as number);
      row['Tenon / PyTorch'] = rounded(ours / (times.torch as number));
      players.note(`PyTorch is ${torch.device}`);
    }
    rows.push(row);
    for (const [peer, found, share] of [
      [`plain tfjs on ${plainOn}`, row['Tenon / plain'], most.plain],
      ['PyTorch, 2 threads', row['Tenon / PyTorch'], most.torch],
    ] as const) {
      if (typeof found !== 'number' || share === undefined) continue;
      const what = `${title} on wasm, of the time of ${peer}`;
      goals.push({ what, figure: `${found}`, goal: `≤ ${share}`, reached: found <= share });
    }
  }
  const [load] = loadavg() as [number, number, number];
  if (load > cpus().length + 1) {
    players.note(
      `others were at work on the machine (a load of ${rounded(load)} on ${cpus().length} cores): times on the CPU are too long`,
    );
  }
  return { rows, goals };
}

/** Those contenders that are there, each by its step. */
const turns = (contenders: Record<string, Contender | undefined>): Record<string, () => Promise<number>> =>
  Object.fromEntries(
    Object.entries(contenders).flatMap(([name, contender]) => (contender ? [[name, () => contender.step()]] : [])),
  );
