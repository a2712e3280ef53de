import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Goal, Row } from '../benchmark.ts';
import { type Contender, startContender } from '../contenders.ts';
import { medianTimes } from '../medianTimes.ts';
import type { Counts } from '../runtime/gpu.ts';
import { isSoftware } from '../runtime/step.ts';
import type { StepName } from './steps.ts';

const steps: Record<StepName, string> = {
  resNet18: 'ResNet-18 forward, 224×224, one image',
  smallResNet: 'smallResNet training step, 28×28, batch 32, Adam',
};
/** Where tfjs may be quickest: its wasm backend cannot train a convolution, and even a software adapter outruns its cpu. */
const plainOn: Record<StepName, string[]> = { resNet18: ['wasm'], smallResNet: ['webgpu', 'cpu'] };
/** Of plain tfjs's: its dispatches, and the time of its best backend. */
const MOST_DISPATCHES = 1 / 3;
const MOST_TIME = 1 / 2;
/** The fastest tenth of the rounds is what is kept. */
const FASTEST = 0.1;

/** As in the runtime's benchmark: a program packed into one file starts itself. */
const CONTENDER = process.env.TENON_CONTENDER ?? join(import.meta.dirname, 'contender.ts');
const PEERS = process.env.TENON_PEERS ?? join(import.meta.dirname, '..', '..', 'peers');
const PYTHON = process.env.TENON_PYTHON ?? '/usr/bin/python3';
const rounded = (value: number) => Number(value.toPrecision(3));

/** Residual networks of core-layers beside the same networks in stock tf.layers, and PyTorch's. */
export const coreLayers: Benchmark = {
  title: 'dispatches and time of residual networks: here, in stock tf.layers and in PyTorch',
  async run(say) {
    const notes = new Set<string>();
    const rows: Row[] = [];
    const goals: Goal[] = [];
    const start = async (title: string, program: string, args: string[]) => {
      try {
        return await startContender(program, args);
      } catch (error) {
        notes.add(`${title} was not measured: ${(error as Error).message}`);
        return undefined;
      }
    };
    const open = (who: 'tenon' | 'plain', backend: string, step: StepName) =>
      start(`${who} on ${backend}, ${steps[step]}`, process.execPath, [CONTENDER, who, backend, step]);

    for (const [step, title] of Object.entries(steps) as [StepName, string][]) {
      say(`what is sent to the GPU: ${title}`);
      const counts: Partial<Record<'tenon' | 'plain', number>> = {};
      for (const who of ['tenon', 'plain'] as const) {
        const contender = await open(who, 'webgpu', step);
        const counted = await contender?.ask<Counts>('count').catch(({ message }: Error) => {
          notes.add(`${who} on webgpu, ${title}: ${message}`);
        });
        if (counted) counts[who] = counted.dispatches;
        contender?.dispose();
      }
      if (counts.tenon === undefined || counts.plain === undefined) continue;
      const share = rounded(counts.tenon / counts.plain);
      rows.push({
        ...{ step: title, backend: 'webgpu', 'Tenon dispatches': counts.tenon, 'tf.layers dispatches': counts.plain },
        'Tenon / tf.layers': share,
      });
      goals.push({
        what: `${title}: dispatches, of those of stock tf.layers`,
        figure: `${counts.tenon} to ${counts.plain}`,
        goal: '≤ 1/3',
        reached: counts.tenon / counts.plain <= MOST_DISPATCHES,
      });
    }

    for (const [step, title] of Object.entries(steps) as [StepName, string][]) {
      say(`without a GPU: ${title}`);
      const tenon = await open('tenon', 'wasm', step);
      const torch = await start('PyTorch', PYTHON, [join(PEERS, 'coreLayers.py'), step]);
      if (torch) notes.add(`PyTorch is ${torch.device}`);
      if (!tenon) continue;
      const beside = await besidePlain(step, tenon, open);
      const alone = await race(torch ? { tenon, torch } : { tenon }, true);
      for (const contender of [tenon, torch]) contender?.dispose();
      const row: Row = { step: title, backend: 'wasm', 'Tenon ms': rounded(alone.tenon as number) };
      if (beside) {
        const share = beside.tenon / beside.plain;
        row['tf.layers ms'] = rounded(beside.plain);
        row['tf.layers on'] = beside.backend;
        row['Tenon / tf.layers'] = rounded(share);
        goals.push({
          what: `${title} on wasm: time, of that of stock tf.layers on ${beside.backend}`,
          figure: `${rounded(share)}`,
          goal: '≤ 1/2',
          reached: share <= MOST_TIME,
        });
      }
      if (torch) row['PyTorch ms'] = rounded(alone.torch as number);
      rows.push(row);
    }
    const [load] = loadavg() as [number, number, number];
    if (load > cpus().length + 1) {
      notes.add(
        `others were at work on the machine (a load of ${rounded(load)} on ${cpus().length} cores): times are too long`,
      );
    }
    return { rows, goals, notes: [...notes] };
  },
};

/** Times of a step here on wasm and in stock tf.layers, on that of its backends where it is quickest. */
async function besidePlain(
  step: StepName,
  tenon: Contender,
  open: (who: 'plain', backend: string, step: StepName) => Promise<Contender | undefined>,
) {
  const tried = [];
  for (const backend of plainOn[step]) {
    const plain = await open('plain', backend, step);
    if (!plain) continue;
    if (backend === 'webgpu' && !isSoftware(plain.device)) {
      plain.dispose(); // a GPU is no peer of wasm
      continue;
    }
    const times = await race({ plain, tenon }, backend === 'wasm');
    tried.push({ backend, plain: times.plain as number, tenon: times.tenon as number });
    plain.dispose();
  }
  return tried.sort((a, b) => a.plain - b.plain)[0];
}

/** Times in turns; of what takes seconds a few rounds. */
function race(contenders: Record<string, Contender>, quick: boolean): Promise<Record<string, number>> {
  const turns = Object.fromEntries(
    Object.entries(contenders).map(([name, contender]) => [name, () => contender.step()]),
  );
  const options = quick
    ? { warmUp: 2, rounds: 60, seconds: 15, quantile: FASTEST }
    : { warmUp: 0, rounds: 5, least: 2, seconds: 10, quantile: FASTEST }; // what takes seconds
  return medianTimes(turns, options);
}
