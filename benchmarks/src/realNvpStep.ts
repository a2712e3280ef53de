import { realNvp } from '@tenonjs/flows';
import { backendNames, countDispatches, type Device, initDevice, randomNormal } from '@tenonjs/runtime';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Benchmark, Outcome, Row } from './benchmark.ts';
import { medianTimes } from './medianTimes.ts';
import { plainRealNvpStep } from './plainRealNvp.ts';
import { askPython } from './python.ts';
import { type Size, sizes } from './realNvpSizes.ts';

/** The training step of a RealNVP: here, in plain tfjs, and in PyTorch. */
export const realNvpStep: Benchmark = {
  title: 'one training step of a RealNVP with Adam: here, in plain tfjs, and in PyTorch on the CPU',
  async run(say) {
    const outcome = { rows: [] as Row[], notes: [] as string[] } satisfies Outcome;
    const torch = askPython<{ version: string; ms: Record<string, number> }>(
      'realNvpStep.py',
      ['torch'],
      JSON.stringify(sizes),
    );
    if (!torch) outcome.notes.push('PyTorch was not measured: apt-get install python3-torch');
    for (const backend of backendNames) {
      const device = await initDevice({ prefer: [backend] }).catch((error: Error) => {
        outcome.notes.push(`${backend} was not measured: ${error.message}`);
      });
      if (!device) continue;
      if (device.adapter) outcome.notes.push(`webgpu is ${device.adapter.description || device.adapter.vendor}`);
      if (isSoftware(device)) outcome.notes.push('times on a software adapter mean nothing and are left out');
      for (const [name, size] of Object.entries(sizes)) {
        say(`${backend}, ${name}`);
        const contenders = contendersFor(size);
        const ms = isSoftware(device) ? {} : { ...(await times(contenders)), ...peer(torch?.ms[name]) };
        const dispatches = backend === 'webgpu' ? await count(contenders) : {};
        outcome.rows.push({ step: name, backend, ...ms, ...dispatches });
      }
      device.dispose();
    }
    return outcome;

    function peer(ms: number | undefined): Row {
      return ms === undefined ? {} : { 'PyTorch ms': rounded(ms) };
    }
  },
};

interface Contenders {
  tenon(): Promise<number>;
  plain(): Promise<number>;
}

function contendersFor(size: Size): Contenders {
  const x = randomNormal([size.batchSize, size.dim], { seed: 1 }) as tf.Tensor2D;
  return { tenon: tenonStep(size, x), plain: plainRealNvpStep(size, x) };
}

async function times(contenders: Contenders): Promise<Row> {
  const { tenon, plain } = (await medianTimes({ ...contenders })) as Record<keyof Contenders, number>;
  return { 'Tenon ms': rounded(tenon), 'plain tfjs ms': rounded(plain), 'plain / Tenon': rounded(plain / tenon) };
}

async function count({ tenon, plain }: Contenders): Promise<Row> {
  await tenon(); // the first step makes the optimizer's state
  await plain();
  return {
    'Tenon dispatches': (await countDispatches(tenon)).dispatches,
    'plain tfjs dispatches': (await countDispatches(plain)).dispatches,
  };
}

/** A CPU that plays a GPU: Chromium's SwiftShader, Mesa's llvmpipe. */
const isSoftware = ({ adapter }: Device): boolean =>
  adapter !== null && /swiftshader|llvmpipe/i.test(`${adapter.architecture} ${adapter.description}`);

/** What `fit` does in a step. */
function tenonStep({ dim, layers, hidden }: Size, x: tf.Tensor2D): () => Promise<number> {
  const flow = realNvp({ dim, layers, hidden, seed: 1 });
  const optimizer = adam({ learningRate: 1e-3 });
  return async () => {
    const { value, grads } = tf.variableGrads(() => flow.loss({ x }), flow.trainableVariables);
    const [number] = await value.data();
    optimizer.applyGradients(grads);
    tf.dispose([value, grads]);
    return number as number;
  };
}

const rounded = (value: number) => Number(value.toPrecision(3));
