import { capture, composeOnly, countDispatches, overwrite } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/optimizers.json';
import { make, numbersOf, variants } from '../testing/rules';
import { adam } from './adam';
import type { InPlaceOptimizer } from './inPlaceOptimizer';
import { sgd } from './sgd';

const variable = (values: number[] | number[][]) => tf.tidy(() => tf.variable(tf.tensor(values)));
const startVariables = () => [variable(oracle.start.first), variable(oracle.start.second)] as const;

/** The oracle's gradients of a step. */
const gradientsAt = (step: number, variables: readonly tf.Variable[]) => {
  const numbers = oracle.gradients[step - 1] as number[];
  const [first, second] = variables as [tf.Variable, tf.Variable];
  return [
    { name: first.name, tensor: tf.tensor(numbers.slice(0, 6), [2, 3]) as tf.Tensor },
    { name: second.name, tensor: tf.tensor(numbers.slice(6)) as tf.Tensor },
  ];
};

/** The oracle's function of a [2, 3] matrix. */
const valley = (theta: tf.Tensor) => {
  const [a, b] = [tf.slice(theta, [0, 0], [2, 2]), tf.slice(theta, [0, 1], [2, 2])];
  const distance = tf.square(tf.sub(1, a));
  return tf.sum(tf.add(distance, tf.mul(0.3, tf.square(tf.sub(b, tf.square(a)))))) as tf.Scalar;
};

/** A step with the oracle's gradients. */
const stepTo = (optimizer: InPlaceOptimizer, variables: readonly tf.Variable[], step: number, options = {}) => {
  const gradients = gradientsAt(step, variables);
  optimizer.applyGradients(gradients, options);
  tf.dispose(gradients.map(({ tensor }) => tensor));
};

const weightsOf = async (optimizer: InPlaceOptimizer) => {
  const [step, ...state] = await optimizer.getWeights();
  step?.tensor.dispose();
  return await numbersOf(state.map(({ tensor }) => tensor));
};

const gap = (found: readonly number[], expected: readonly number[]) =>
  Math.max(...expected.map((value, i) => Math.abs(value - (found[i] as number)))) / Math.max(...expected.map(Math.abs));

describeOnEachBackend('an optimizer', (backend) => {
  test.each(oracle.runs.map((run) => ({ ...run, title: `${run.optimizer} ${JSON.stringify(run.options)}` })))(
    "goes PyTorch's way: $title",
    async (run) => {
      const variables = startVariables();
      const optimizer = make(run);
      for (let step = 1; step <= 100; step++) {
        stepTo(optimizer, variables, step);
        const expected = (run.after as Record<string, number[]>)[step];
        if (expected) expect(gap(await numbersOf(variables), expected)).toBeLessThan(1e-6); // float32 against float64
      }
      tf.dispose([...variables]);
      optimizer.dispose();
    },
  );

  test("follows a function's own gradients as PyTorch does", async () => {
    const { options, after } = oracle.valley;
    const theta = variable(oracle.start.first);
    const optimizer = adam(options);
    for (let step = 1; step <= 100; step++) optimizer.minimize(() => valley(theta), false, [theta]);
    expect(gap(await numbersOf([theta]), after)).toBeLessThan(2e-6); // the function makes differences larger
    optimizer.dispose();
    theta.dispose();
  });

  test.each(variants)('computes by its kernel what it is composed of: $name', async (variant) => {
    const [a, b] = [startVariables(), startVariables()];
    const [quick, composed] = [make(variant), make(variant)];
    for (let step = 1; step <= 5; step++) {
      stepTo(quick, a, step);
      composeOnly(() => stepTo(composed, b, step));
    }
    expect(gap(await numbersOf(a), await numbersOf(b))).toBeLessThan(1e-6);
    expect(gap([1, ...(await weightsOf(quick))], [1, ...(await weightsOf(composed))])).toBeLessThan(1e-6);
    tf.dispose([...a, ...b]);
    for (const optimizer of [quick, composed]) optimizer.dispose();
  });

  test.each(variants)('is the same whatever the shape, also four numbers at a time: $name', async (variant) => {
    const apart = startVariables();
    const together = variable([...oracle.start.first.flat(), ...oracle.start.second]);
    const [narrow, wide] = [make(variant), make(variant)];
    for (let step = 1; step <= 5; step++) {
      stepTo(narrow, apart, step);
      tf.tidy(() => wide.applyGradients({ [together.name]: tf.tensor(oracle.gradients[step - 1] as number[]) }));
    }
    expect(gap(await numbersOf([together]), await numbersOf(apart))).toBeLessThan(2e-7);
    tf.dispose([...apart, together]);
    for (const optimizer of [narrow, wide]) optimizer.dispose();
  });

  test.each(variants)(
    'changes nothing when it is told not to, and goes on as if nothing had been: $name',
    async (variant) => {
      const [a, b] = [startVariables(), startVariables()];
      const [told, free] = [make(variant), make(variant)];
      const [no, yes] = [tf.tensor1d([0], 'int32'), tf.scalar(7, 'int32')];
      for (let step = 1; step <= 3; step++) stepTo(free, a, step);
      for (let step = 1; step <= 3; step++) {
        stepTo(told, b, step, { unless: no });
        const [values, state] = [await numbersOf(b), await weightsOf(told)];
        stepTo(told, b, 50, { unless: yes });
        composeOnly(() => stepTo(told, b, 50, { unless: yes }));
        expect(await numbersOf(b)).toEqual(values);
        expect(await weightsOf(told)).toEqual(state);
      }
      expect(await numbersOf(b)).toEqual(await numbersOf(a));
      tf.dispose([...a, ...b, no, yes]);
      for (const optimizer of [told, free]) optimizer.dispose();
    },
  );

  test.each(variants)('goes on from its saved state exactly: $name', async (variant) => {
    const [a, b, c] = [startVariables(), startVariables(), startVariables()];
    const [whole, fresh, used] = [make(variant), make(variant), make(variant)];
    for (let step = 1; step <= 5; step++) stepTo(whole, a, step);
    stepTo(used, c, 40); // has a state of its own, whose memory is kept
    const saved = await whole.getWeights();
    for (const [optimizer, variables] of [
      [fresh, b],
      [used, c],
    ] as const) {
      await optimizer.setWeights(saved);
      variables.forEach((variable, i) => {
        overwrite(variable, a[i] as tf.Tensor);
      });
      expect(optimizer.iterations).toBe(5);
    }
    saved[0]?.tensor.dispose();
    for (let step = 6; step <= 10; step++)
      for (const [optimizer, variables] of [
        [whole, a],
        [fresh, b],
        [used, c],
      ] as const)
        stepTo(optimizer, variables, step);
    for (const [optimizer, variables] of [
      [fresh, b],
      [used, c],
    ] as const) {
      expect(await numbersOf(variables)).toEqual(await numbersOf(a));
      expect(await weightsOf(optimizer)).toEqual(await weightsOf(whole));
    }
    tf.dispose([...a, ...b, ...c]);
    for (const optimizer of [whole, fresh, used]) optimizer.dispose();
  });

  test('leaves nothing behind but its state, and gives that back', async () => {
    for (const variant of variants) {
      const variables = startVariables();
      const before = tf.memory().numTensors;
      const optimizer = make(variant);
      stepTo(optimizer, variables, 1);
      const after = tf.memory().numTensors;
      for (let step = 2; step <= 4; step++) stepTo(optimizer, variables, step);
      optimizer.learningRate = 0.5;
      stepTo(optimizer, variables, 5);
      expect(tf.memory().numTensors).toBe(after);
      optimizer.dispose();
      expect(tf.memory().numTensors).toBe(before);
      tf.dispose([...variables]);
    }
  });

  test('large variables, whose elements fill many workgroups, and empty ones', async () => {
    const [long, odd, none] = [variable(Array(5_000).fill(1)), variable(Array(1_031).fill(1)), variable([])];
    const optimizer = adam({ learningRate: 0.125, clipNorm: 1e6 });
    for (let step = 0; step < 3; step++) {
      tf.tidy(() => {
        optimizer.applyGradients([long, odd, none].map(({ name, shape }) => ({ name, tensor: tf.ones(shape) })));
      });
    }
    const values = await numbersOf([long, odd]);
    expect(values).toHaveLength(6_031);
    expect(new Set(values.map((value) => value.toFixed(5)))).toEqual(new Set(['0.62500'])); // 1 − 3 · 0.125
    const clocks = (await optimizer.getWeights()).filter(({ name }) => name.endsWith('clock'));
    expect(await numbersOf(clocks.map(({ tensor }) => tensor))).toEqual([3, 0, 3, 0, 0, 0]);
    tf.dispose([long, odd, none]);
    optimizer.dispose();
  });

  test('the norm is that of the gradients of this step alone', async () => {
    const [long, short] = [variable(Array(5_000).fill(0)), variable([0, 0])];
    const optimizer = sgd({ learningRate: 1, clipNorm: 1 });
    tf.tidy(() => optimizer.applyGradients({ [long.name]: tf.ones([5_000]) }));
    tf.tidy(() => optimizer.applyGradients({ [short.name]: tf.tensor([3, -4]) }));
    expect(await numbersOf([short])).toEqual([expect.closeTo(-0.6, 5), expect.closeTo(0.8, 5)]);
    expect((await numbersOf([long]))[4_999]).toBeCloseTo(-1 / Math.sqrt(5_000), 5);
    tf.dispose([long, short]);
    optimizer.dispose();
  });

  test('whoever shares a weight, or gives it as its own gradient, keeps the old numbers', async () => {
    const w = variable([1, 2]);
    const clone = tf.clone(w);
    const optimizer = sgd({ learningRate: 0.5 });
    optimizer.applyGradients({ [w.name]: clone });
    expect(await numbersOf([w, clone])).toEqual([0.5, 1, 1, 2]);
    tf.dispose([w, clone]);
    optimizer.dispose();
  });

  test('the rate may be changed between steps, and may be a schedule', async () => {
    const w = variable([0]);
    const optimizer = sgd({ learningRate: 1 });
    const step = () => tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.tensor([-1]) }));
    step();
    optimizer.learningRate = 0.25;
    step();
    step();
    expect(optimizer.learningRate).toBe(0.25);
    expect(await numbersOf([w])).toEqual([1.5]);
    optimizer.learningRate = (n) => 10 ** n;
    for (let i = 0; i < 2; i++) step();
    expect(await numbersOf([w])).toEqual([1.5 + 1e3 + 1e4]);
    expect([optimizer.learningRate, optimizer.iterations]).toEqual([1e4, 5]);
    w.dispose();
    optimizer.dispose();
  });

  if (backend === 'webgpu') {
    test.each(variants)('is one dispatch a variable, and sends nothing to the GPU: $name', async (variant) => {
      const variables = startVariables();
      const optimizer = make(variant);
      stepTo(optimizer, variables, 1);
      const gradients = gradientsAt(2, variables).map(({ name, tensor }) => ({
        name,
        tensor: tf.add(tensor, 0) as tf.Tensor,
      }));
      const { dispatches, bytes } = await countDispatches(() => {
        optimizer.applyGradients(gradients);
        return [];
      });
      expect({ dispatches, bytes }).toEqual({ dispatches: variant.dispatches, bytes: 0 });
      tf.dispose([...variables]);
      optimizer.dispose();
    });

    test('Adam for one variable: 1 dispatch', async () => {
      const w = variable([[1, 2, 3]]);
      const optimizer = adam();
      const step = () => {
        optimizer.applyGradients({ [w.name]: gradient });
        return [];
      };
      const gradient = tf.add(tf.ones([1, 3]), 1) as tf.Tensor;
      step();
      expect(await countDispatches(step)).toMatchObject({ dispatches: 1, bytes: 0 });
      tf.dispose([w, gradient]);
      optimizer.dispose();
    });

    test.each(variants)('a captured step goes on as an eager one: $name', async (variant) => {
      const [a, b] = [startVariables(), startVariables()];
      const rate = (step: number) => 0.01 * (1 + step);
      const options = { ...variant.options, learningRate: rate };
      const [eager, captured] = [make({ ...variant, options }), make({ ...variant, options })];
      const step = capture((first: tf.Tensor, second: tf.Tensor) => {
        captured.updateVariables({ [b[0].name]: first, [b[1].name]: second });
        return first;
      });
      for (let n = 1; n <= 6; n++) {
        stepTo(eager, a, n);
        const [first, second] = gradientsAt(n, b).map(({ tensor }) => tensor) as [tf.Tensor, tf.Tensor];
        captured.prepareStep();
        step(first, second).dispose();
        tf.dispose([first, second]);
      }
      expect(step.recordings).toBe(1);
      expect(await numbersOf(b)).toEqual(await numbersOf(a));
      expect(await weightsOf(captured)).toEqual(await weightsOf(eager));
      expect(captured.iterations).toBe(6);
      step.dispose();
      tf.dispose([...a, ...b]);
      for (const optimizer of [eager, captured]) optimizer.dispose();
    });
  }
});
