import type { Goal, Row } from '../benchmark.ts';
import type { Part, Players } from './players.ts';
import { isSoftware, type StepName } from './step.ts';

const STEPS = 200;
const TOLERANCE = 1e-5;
/** Peers need not agree to the last digits: Adam divides by √v, which at first is all but zero. */
const PEER_STEPS = 20;

/** Whether captured steps learn what eager ones do, and whether peers learn the same at all. */
export async function equalLosses(players: Players, say: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  const goals: Goal[] = [];
  for (const name of ['mlp', 'cnn'] as const) {
    say(`losses of ${STEPS} steps: ${name}`);
    const first = await players.start('tenon', 'webgpu', name);
    if (!first) continue;
    const software = isSoftware(first.device);
    const step: StepName = name === 'cnn' && software ? 'smallCnn' : name;
    if (step !== name)
      players.note('on a software adapter the losses of the CNN are those of a batch of 4 images of 8×8');
    const captured = step === name ? first : await players.start('tenon', 'webgpu', step);
    if (captured !== first) first.dispose();
    const eager = await players.start('tenonEager', 'webgpu', step);
    const plain = await players.start('plain', 'webgpu', step);
    const jax = await players.start('jax', 'webgpu', step);
    if (!captured || !eager) continue;

    const losses = async (contender: typeof captured | undefined, count: number) =>
      (await contender?.ask<{ losses: number[] }>(`losses ${count}`))?.losses;
    // One after the other: a software adapter takes all cores for each.
    const ours = (await losses(captured, STEPS)) as number[];
    const same = (await losses(eager, STEPS)) as number[];
    const theirs = { 'plain tfjs': await losses(plain, PEER_STEPS), 'jax-js': await losses(jax, PEER_STEPS) };
    for (const contender of [captured, eager, plain, jax]) contender?.dispose();

    const worst = largestDifference(ours, same);
    const what = `losses of ${STEPS} captured and ${STEPS} eager steps, ${step === 'mlp' ? 'MLP' : 'CNN'}`;
    const row: Row = {
      step: what,
      backend: 'webgpu',
      'first loss': ours[0] as number,
      'last loss': ours.at(-1) as number,
    };
    row['largest relative difference'] = worst;
    for (const [peer, list] of Object.entries(theirs)) {
      if (list) row[`after ${PEER_STEPS} steps, ${peer}`] = largestDifference(ours.slice(0, PEER_STEPS), list);
    }
    rows.push(row);
    goals.push({ what, figure: worst.toExponential(1), goal: `≤ ${TOLERANCE}, relative`, reached: worst <= TOLERANCE });
  }
  return { rows, goals };
}

/** The largest relative difference; not a number when one of them is not. */
const largestDifference = (some: readonly number[], others: readonly number[]): number =>
  some.length === others.length
    ? Number(Math.max(...some.map((a, i) => Math.abs(a - (others[i] as number)) / Math.abs(a))).toPrecision(2))
    : Number.NaN;
