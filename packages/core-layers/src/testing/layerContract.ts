import { capture, deviceSeed } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

type Layer = InstanceType<typeof tf.layers.Layer>;

/** A layer and what is promised of it. */
export interface LayerEntry {
  name: string;
  /** The layer, with a name or a seed of its own, so that its weights are the same each time. */
  make: () => Layer;
  /** Shapes of its inputs, the batch first. */
  inputs: readonly number[][];
  /** Integers in 0 … n − 1 in place of numbers in [−1, 1). */
  integers?: number;
  /** Whether it draws in training. */
  draws?: boolean;
  /** Whether training and inference differ for another reason. */
  hasModes?: boolean;
  /** Whether a step of training changes what the next one gives. */
  moves?: boolean;
  /** Whether its gradient is checked against finite differences. Default true. */
  smooth?: boolean;
  /** Constructions and calls that are refused, each with its message. */
  refusals?: readonly (readonly [call: () => unknown, message: string | RegExp])[];
}

/** Numbers of an input: no two alike, so that no maximum is shared. */
function inputsOf({ inputs, integers }: LayerEntry): tf.Tensor[] {
  return inputs.map((shape, k) => {
    const size = tf.util.sizeFromShape(shape);
    const share = (i: number) => ((i + 1) * 0.6180339887 + 0.37 * k) % 1;
    const values = Array.from({ length: size }, (_, i) =>
      integers === undefined ? 2 * share(i) - 1 : Math.floor(integers * share(i)),
    );
    return tf.tensor(values, shape, integers === undefined ? 'float32' : 'int32');
  });
}

/** A model of nothing but the layer. */
function modelOf({ make, inputs }: LayerEntry): tf.LayersModel {
  const given = inputs.map((shape) => tf.input({ shape: shape.slice(1) }));
  return tf.model({
    inputs: given,
    outputs: make().apply(given.length === 1 ? (given[0] as tf.SymbolicTensor) : given) as tf.SymbolicTensor,
  });
}

const call = (model: tf.LayersModel, xs: tf.Tensor[], kwargs: object): tf.Tensor[] =>
  [model.apply(xs.length === 1 ? (xs[0] as tf.Tensor) : xs, kwargs)].flat() as tf.Tensor[];

const waves = (shape: number[], phase: number) =>
  tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(2.7 * i + phase)),
    shape,
  );

/** Σ of all outputs, each number with a weight of its own. */
const weighted = (outputs: tf.Tensor[]) =>
  tf.addN(
    outputs.filter(({ dtype }) => dtype === 'float32').map((y, k) => tf.sum(tf.mul(y, waves(y.shape, 1 + k)))),
  ) as tf.Scalar;

const variablesOf = (model: tf.LayersModel) => model.trainableWeights.map((weight) => weight.read() as tf.Variable);

/** Gradients of the inputs and of the weights. */
function gradientsOf(model: tf.LayersModel, xs: tf.Tensor[], kwargs: object): tf.Tensor[] {
  const moved = xs.filter(({ dtype }) => dtype === 'float32');
  const loss = (...given: tf.Tensor[]) => weighted(call(model, moved.length === 0 ? xs : given, kwargs));
  const variables = variablesOf(model);
  const ofInputs = moved.length === 0 ? [] : tf.grads(loss)(moved);
  if (variables.length === 0) return ofInputs;
  const { value, grads } = tf.variableGrads(() => loss(...moved), variables);
  value.dispose();
  return [...ofInputs, ...variables.map(({ name }) => grads[name] as tf.Tensor)];
}

async function expectSame(got: tf.Tensor[], expected: tf.Tensor[], tolerance: number, what: string) {
  expect(got.length, what).toBe(expected.length);
  for (const [i, tensor] of got.entries()) {
    const scale = Math.max(1, ...Array.from(await tf.tidy(() => tf.abs(expected[i] as tf.Tensor)).data()));
    expect(await distance(tensor, expected[i] as tf.Tensor), `${what} ${i}`).toBeLessThan(tolerance * scale);
  }
}

async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let kept: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    kept = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  return JSON.parse(
    JSON.stringify(kept, (_, value) => (value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value)),
    (key, value) => (key === 'weightData' ? new Uint8Array(value).buffer : value),
  );
}

/** What the cpu gave: what the other backends are held against. */
const onCpu = new Map<string, { shape: number[]; values: number[] }[]>();

async function expectAsOnCpu(key: string, tensors: tf.Tensor[], tolerance: number) {
  const now = await Promise.all(tensors.map(async (t) => ({ shape: t.shape, values: [...(await t.data())] })));
  const before = onCpu.get(key);
  if (before === undefined) {
    onCpu.set(key, now);
    return;
  }
  expect(now.length).toBe(before.length);
  for (const [i, { shape, values }] of before.entries()) {
    expect(now[i]?.shape).toEqual(shape);
    const scale = Math.max(1, ...values.map(Math.abs));
    const gaps = values.map((value, j) => Math.abs(value - (now[i]?.values[j] as number)));
    expect(Math.max(0, ...gaps), `${key} ${i}`).toBeLessThan(tolerance * scale);
  }
}

/**
 * One suite for every layer: its output's shape is the one promised; its gradients are those of finite differences; the
 * backends agree; a saved model gives the same; what it draws is its seed's; nothing is leaked; a captured step does what
 * it does by itself; bad input is refused.
 */
export function layerContract(entries: readonly LayerEntry[]): void {
  const cases = entries.map((entry) => [entry.name, entry] as const);

  describeOnEachBackend('the contract of layers', (backend) => {
    describe.each(cases)('%s', (name, entry) => {
      test('gives on every backend the shape that it promises and the same numbers and gradients', async () => {
        const before = tf.memory().numTensors;
        const model = modelOf(entry);
        const xs = inputsOf(entry);
        const promised = model.outputs.map(({ shape }) => shape);
        const training = { training: true, seed: 5 };
        for (const [mode, kwargs] of [
          ['inference', {}],
          ['training', training],
        ] as const) {
          const ys = call(model, xs, kwargs);
          for (const [i, { shape }] of ys.entries()) {
            expect(shape).toEqual((promised[i] as number[]).map((n, d) => n ?? (shape[d] as number)));
            expect(shape[0]).toBe(entry.inputs[0]?.[0]);
          }
          await expectAsOnCpu(`${name} ${mode}`, ys, 1e-5);
          tf.dispose(ys);
        }
        const grads = tf.tidy(() => gradientsOf(model, xs, training));
        await expectAsOnCpu(`${name} gradients`, grads, 1e-4);
        tf.dispose([grads, xs]);
        model.dispose();
        expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
      });

      if (backend === 'webgpu') {
        test('does in a captured step what it does by itself', async () => {
          const [plain, captured] = [modelOf(entry), modelOf(entry)];
          const xs = inputsOf(entry);
          const work = (model: tf.LayersModel, given: tf.Tensor[], key: tf.Tensor) => {
            const kwargs = { training: true, seed: { key } };
            return [...gradientsOf(model, given, kwargs), ...call(model, given, kwargs)];
          };
          const step = capture((given: tf.Tensor[], key: tf.Tensor) => work(captured, given, key));
          for (let i = 0; i < 3; i++) {
            const { key } = deviceSeed(40 + i);
            const [expected, got] = [tf.tidy(() => work(plain, xs, key)), step(xs, key)];
            await expectSame(got, expected, 1e-4, `call ${i}`);
            tf.dispose([expected, got, key]);
          }
          expect(step.recordings).toBe(1);
          for (const [i, weight] of plain.weights.entries()) {
            expect(await distance(weight.read(), captured.weights[i]?.read() as tf.Tensor), weight.name).toBeLessThan(
              1e-4,
            );
          }
          step.dispose();
          tf.dispose(xs);
          plain.dispose();
          captured.dispose();
        });
      }
    });
  });

  describe.each(cases)('the layer %s', (_, entry) => {
    const { draws = false, hasModes = false, moves = false, smooth = true, refusals = [] } = entry;

    if (smooth) {
      test('has the gradients of finite differences', async () => {
        const model = modelOf(entry);
        const xs = inputsOf(entry);
        const kwargs = { training: true, seed: 5 };
        const variables = variablesOf(model);
        const at = [
          ...xs.filter(({ dtype }) => dtype === 'float32'),
          ...variables.map((variable) => tf.clone(variable)),
        ];
        const grads = gradientsOf(model, xs, kwargs);
        const floats = at.length - variables.length;
        for (const [k, gradient] of grads.entries()) {
          const direction = waves(gradient.shape, 2);
          const step = 2e-2;
          const shifted = async (sign: number) => {
            const moved = tf.tidy(() => tf.add(at[k] as tf.Tensor, tf.mul(sign * step, direction)));
            if (k >= floats) (variables[k - floats] as tf.Variable).assign(moved);
            const given = k < floats ? xs.map((x) => (x === at[k] ? moved : x)) : xs;
            const value = tf.tidy(() => weighted(call(model, given, kwargs)));
            if (k >= floats) (variables[k - floats] as tf.Variable).assign(at[k] as tf.Tensor);
            return ((await value.data())[0] as number) / (2 * step);
          };
          const slope = (await shifted(1)) - (await shifted(-1));
          const along = (await tf.sum(tf.mul(gradient, direction)).data())[0] as number;
          expect(Math.abs(along - slope), `gradient ${k}: ${along}, ${slope}`).toBeLessThan(
            1e-2 * Math.max(1, Math.abs(slope)),
          );
        }
        model.dispose();
      });
    }

    test('is the same when its model is saved and loaded', async () => {
      const model = modelOf(entry);
      const xs = inputsOf(entry);
      tf.dispose(call(model, xs, { training: true })); // running statistics that are not those of the beginning
      const artifacts = await saved(model);
      const again = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      await expectSame(call(again, xs, {}), call(model, xs, {}), 1e-9, 'output');
      if (!hasModes)
        await expectSame(
          call(again, xs, { training: true, seed: 3 }),
          call(model, xs, { training: true, seed: 3 }),
          1e-6,
          'in training',
        );
      expect(again.layers.at(-1)?.getConfig()).toEqual(model.layers.at(-1)?.getConfig());
      const lines: string[] = [];
      again.summary(240, undefined, (line) => lines.push(String(line)));
      expect(lines.join()).toContain((model.layers.at(-1) as Layer).getClassName());
      model.dispose();
      again.dispose();
      tf.dispose(xs);
    });

    test('draws what its seed says, and in training alone', async () => {
      const model = modelOf(entry);
      const xs = inputsOf(entry);
      const gap = async (a: object, b: object) =>
        distance(call(model, xs, a)[0] as tf.Tensor, call(model, xs, b)[0] as tf.Tensor);
      expect(await gap({}, { training: false, seed: 1 })).toBe(0);
      expect((await gap({ training: true, seed: 1 }, { training: true, seed: 1 })) > 0).toBe(moves);
      const drawn = await gap({ training: true, seed: 1 }, { training: true, seed: 2 });
      const counted = await gap({ training: true }, { training: true });
      const modes = await gap({ training: true, seed: 1 }, { training: false });
      expect([drawn > 0, counted > 0, modes > 0]).toEqual([draws || moves, draws || moves, draws || hasModes]);
      model.dispose();
    });

    test('leaves nothing behind', async () => {
      const model = modelOf(entry);
      const xs = inputsOf(entry);
      expect(await leaked(() => call(model, xs, {}))).toBe(0);
      expect(await leaked(() => call(model, xs, { training: true }))).toBe(0);
      const layer = model.layers.at(-1) as Layer;
      expect(
        await leaked(() => layer.apply(xs.length === 1 ? (xs[0] as tf.Tensor) : xs, { training: true }) as tf.Tensor),
      ).toBe(0);
      model.dispose();
      tf.dispose(xs);
    });

    if (refusals.length > 0) {
      test('refuses bad arguments', () => {
        for (const [call, message] of refusals) expect(call).toThrow(message);
      });
    }
  });
}
