import type { Goal, Row } from '../benchmark.ts';
import { medianTimes } from '../medianTimes.ts';
import { type Part, type Players, rounded } from './players.ts';
import { edgeOf, isSoftware, type StepName } from './step.ts';

/** How many times stock tfjs a captured MLP step must be. */
const TIMES_STOCK = 5;
/** Steps sent before the device is waited for, as a training loop does that does not look at each loss. */
const IN_FLIGHT = 20;

/** Times of steps on a real GPU, in turns. */
export async function gpuTimes(players: Players, say: (line: string) => void): Promise<Part> {
  const probe = await players.start('tenon', 'webgpu', 'adam');
  probe?.dispose();
  if (!probe || isSoftware(probe.device)) {
    players.note('times on a software adapter mean nothing and are left out, as are large products');
    return { rows: [], goals: [] };
  }
  const rows: Row[] = [];
  const goals: Goal[] = [];
  for (const [step, title] of [
    ['mlp', 'MLP step'],
    ['cnn', 'CNN step'],
  ] as const) {
    say(`on the GPU: ${title}`);
    const row = await race(players, step, title);
    rows.push(row);
    const ratio = row['plain / Tenon'];
    if (step === 'mlp' && typeof ratio === 'number') {
      const figure = `${ratio} times faster`;
      goals.push({
        what: `${title} on webgpu, captured`,
        figure,
        goal: `${TIMES_STOCK}`,
        reached: ratio >= TIMES_STOCK,
      });
    }
  }
  for (const step of ['matMul2048', 'matMul4096'] as const) {
    say(`on the GPU: ${step}`);
    const row = await race(players, step, `matMul ${edgeOf(step)}³`);
    for (const who of ['Tenon', 'plain tfjs', 'jax-js', 'PyTorch', 'PyTorch f16']) {
      const ms = row[`${who} ms`];
      if (typeof ms === 'number') row[`${who} GFLOP/s`] = rounded((2 * edgeOf(step) ** 3) / (ms * 1e6));
    }
    rows.push(row);
  }
  return { rows, goals };
}

async function race(players: Players, step: StepName, title: string): Promise<Row> {
  const contenders = {
    Tenon: await players.start('tenon', 'webgpu', step),
    'Tenon, eager': await players.start('tenonEager', 'webgpu', step),
    'plain tfjs': await players.start('plain', 'webgpu', step),
    'jax-js': await players.start('jax', 'webgpu', step),
    PyTorch: await players.startTorch(step, 'cuda'),
    ...(step.startsWith('matMul') && { 'PyTorch f16': await players.startTorch(step, 'cuda', 'float16') }),
  };
  const turns = Object.entries(contenders).flatMap(([name, contender]) =>
    contender ? [[name, () => contender.ask<number>(`step ${IN_FLIGHT}`)] as const] : [],
  );
  const times = await medianTimes(Object.fromEntries(turns), { warmUp: 5, rounds: 100, seconds: 20 });
  for (const contender of Object.values(contenders)) contender?.dispose();
  const row: Row = { step: title, backend: 'webgpu' };
  for (const [who, ms] of Object.entries(times)) row[`${who} ms`] = rounded(ms);
  const [tenon, plain] = [times.Tenon, times['plain tfjs']];
  if (tenon !== undefined && plain !== undefined) row['plain / Tenon'] = rounded(plain / tenon);
  return row;
}
