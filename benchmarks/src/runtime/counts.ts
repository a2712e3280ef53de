import type { Goal, Row } from '../benchmark.ts';
import { medianTimes } from '../medianTimes.ts';
import type { Who } from './contender.ts';
import type { Counts } from './gpu.ts';
import { type Part, type Players, rounded } from './players.ts';
import { isSoftware, type StepName } from './step.ts';

const steps: Partial<Record<StepName, { title: string; most: number }>> = {
  mlp: { title: 'MLP 32-64-64-10, batch 64, Adam', most: 30 },
  cnn: { title: 'CNN of 2 convolutions with batch norm, 28×28×1, batch 32, Adam', most: 75 },
  layerNorm: { title: 'layer norm, forward', most: 1 },
  layerNormGradient: { title: 'layer norm with its gradient', most: 3 },
  adam: { title: 'Adam for one variable', most: 1 },
};
const columns: [Who, string][] = [
  ['tenon', 'Tenon'],
  ['plain', 'tfjs'],
  ['jax', 'jax-js'],
];
/** The most of stock tfjs's host time that a captured MLP step may take. */
const HOST_SHARE = 1 / 10;

/** What one step sends to the GPU, exactly, and how long the host works for it. */
export async function counts(players: Players, say: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  const goals: Goal[] = [];
  for (const [name, { title, most }] of Object.entries(steps) as [StepName, { title: string; most: number }][]) {
    say(`what a step sends: ${title}`);
    const found = [];
    for (const [who, column] of columns) {
      const contender = await players.start(who, 'webgpu', name);
      const counted = await contender?.ask<Counts>('count').catch(({ message }: Error) => {
        players.note(`${column} was not measured on webgpu, ${name}: ${message}`);
      });
      if (contender && counted) found.push({ who, column, contender, counted });
      else contender?.dispose();
    }
    const times = await medianTimes(
      Object.fromEntries(found.map(({ who, contender }) => [who, () => contender.ask<number>('host')])),
      { warmUp: 5, rounds: 40, seconds: 15 },
    );
    const row: Row = { step: title, backend: 'webgpu' };
    for (const what of ['dispatches', 'submits', 'bytes'] as const) {
      for (const { column, counted } of found) row[`${column} ${what}`] = counted[what];
    }
    for (const { who, column } of found) row[`${column} JS ms`] = rounded(times[who] as number);
    rows.push(row);
    for (const { contender } of found) {
      players.note(`webgpu is ${contender.device}`);
      if (isSoftware(contender.device)) players.note(HOST_ALONE);
      contender.dispose();
    }
    const tenon = found.find(({ who }) => who === 'tenon')?.counted.dispatches;
    if (tenon === undefined) continue;
    goals.push({ what: `${title}: dispatches`, figure: `${tenon}`, goal: `≤ ${most}`, reached: tenon <= most });
    if (name === 'mlp' && times.plain !== undefined) goals.push(hostGoal(times.tenon as number, times.plain));
    const peer = found.find(({ who }) => who === 'jax')?.counted.dispatches;
    if (['mlp', 'cnn'].includes(name) && peer !== undefined) goals.push(...aheadOf(title, tenon, peer, times));
  }
  return { rows, goals };
}

const HOST_ALONE =
  'JavaScript is timed with nothing left to do on the device; a software adapter computes on the same cores, so there ' +
  'its work is dropped meanwhile';

function hostGoal(tenon: number, plain: number): Goal {
  const figure = `1/${rounded(plain / tenon)}`;
  return {
    what: 'JavaScript of a captured MLP step, of the same step in plain tfjs',
    figure,
    goal: '≤ 1/10',
    reached: tenon / plain <= HOST_SHARE,
  };
}

function aheadOf(title: string, dispatches: number, peer: number, { tenon, jax }: Record<string, number>): Goal[] {
  const [ours, theirs] = [rounded(tenon as number), rounded(jax as number)];
  return [
    {
      what: `${title}: dispatches against jax-js`,
      figure: `${dispatches} to ${peer}`,
      goal: 'fewer',
      reached: dispatches < peer,
    },
    {
      what: `${title}: JavaScript against jax-js`,
      figure: `${ours} ms to ${theirs} ms`,
      goal: 'less',
      reached: ours < theirs,
    },
  ];
}
