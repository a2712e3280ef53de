import { randomNormal, randomUniform } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked, logAbsDet, numericalJacobian } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type Bijector, type Mapped, trainableOf } from './bijector';
import { free, made, perturb, type Registered } from './testing/registered';
import { registry } from './testing/registry';
import { loadVariables, saveVariables } from './weights';

/** A check that an entry does not claim is none of its tests, not a skipped one. */
const testIf = (applies: boolean) => (applies ? test : () => {});

describeOnEachBackend('the contract of a bijector', (backend) => {
  const here = Object.entries(registry).filter(([, { costly }]) => !costly || backend !== 'webgpu');
  describe.each(here)('%s', (_, entry) => {
    const { event, latent: where = { std: 2 }, steps = {}, tolerance = 1e-5 } = entry;
    const latent = (n: number, seed = 3) =>
      'std' in where
        ? randomNormal([n, ...event], { seed, std: where.std })
        : randomUniform([n, ...event], { seed, ...where });
    const isBounded = !('std' in where);

    test('comes back where it started from both sides, and undoes its own volume', async () => {
      await using(entry, async (bijector) => {
        const z = latent(64);
        const [there, back] = [bijector.forward(z), bijector.inverse(bijector.forward(z).value)];
        const [here, again] = [bijector.inverse(there.value), bijector.forward(back.value)];
        expect(await distance(here.value, z)).toBeLessThan(tolerance * 10); // at points as far out as 8
        expect(await distance(again.value, there.value)).toBeLessThan(tolerance * 10);
        expect(await distance(tf.add(there.logDet, here.logDet), tf.zeros([64]))).toBeLessThan(tolerance * 10);
      });
    });

    test('logDet is the log-determinant of the numerical Jacobian, in both directions', async () => {
      await using(entry, async (bijector) => {
        const points = [...(await latent(3, 8).data())];
        const D = points.length / 3;
        for (let i = 0; i < 3; i++) {
          const z = points.slice(i * D, (i + 1) * D);
          const at = tf.tensor(z, [1, ...event]);
          const x = bijector.forward(at);
          await expectLogDet((p) => bijector.forward(p), z, event, steps.latent);
          await expectLogDet((p) => bijector.inverse(p), [...(await x.value.data())], event, steps.data);
        }
      });
    });

    testIf(entry.kept !== undefined)(
      'what is kept passes to the bit, and the zeros of the Jacobian are exact',
      async () => {
        await using(entry, async (bijector) => {
          const kept = entry.kept as boolean[];
          const z = latent(1, 8);
          const at = [...(await z.data())];
          for (const go of [bijector.forward.bind(bijector), bijector.inverse.bind(bijector)]) {
            const value = await go(z).value.data();
            const jacobian = await numericalJacobian((p) => go(p).value, at, event, 0.5);
            for (const [i, row] of jacobian.entries()) {
              if (kept[i]) expect(value[i]).toBe(at[i]);
              for (const [j, slope] of row.entries()) {
                if (i !== j && (kept[i] || !kept[j])) expect(slope).toBe(0);
              }
            }
            // And where a zero is not asked for, there is none.
            expect(jacobian.some((row, i) => row.some((slope, j) => !kept[i] && kept[j] && slope !== 0))).toBe(true);
          }
        });
      },
    );

    testIf(entry.startsAsIdentity !== false)('starts as the identity', async () => {
      const bijector = made(entry, 1);
      const z = latent(16);
      for (const { value, logDet } of [bijector.forward(z), bijector.inverse(z)]) {
        expect(await distance(value, z)).toBeLessThan(entry.rounding ?? 1e-6);
        expect(await distance(logDet, tf.zeros([16]))).toBeLessThan(1e-6);
      }
      free(bijector);
    });

    test('the density has the right gradients, for every variable and for the points', async () => {
      await using(entry, async (bijector) => {
        const x = bijector.forward(latent(8)).value;
        const variables = trainableOf(bijector.variables);
        const centre = randomNormal(event, { seed: 11 }); // of no symmetry that a map could keep
        const likelihood = (points: tf.Tensor) => {
          const { value, logDet } = bijector.inverse(points);
          return tf.sub(tf.mean(logDet), tf.mean(tf.square(tf.sub(value, centre)))) as tf.Scalar;
        };
        const gradients = tf.grads((points: tf.Tensor, ..._: tf.Tensor[]) => likelihood(points))([x, ...variables]);
        for (const [i, subject] of [x, ...variables].entries()) {
          const direction = randomNormal(subject.shape, { seed: 20 + i });
          const expected = (await tf.sum(tf.mul(direction, gradients[i] as tf.Tensor)).data())[0] as number;
          const moved = (to: tf.Tensor) => likelihood(i === 0 ? to : x);
          const slope = await alongDirection(subject, direction, moved, steps.data);
          expect(Math.abs(expected)).toBeGreaterThan(1e-4);
          expect(slope).toBeCloseTo(expected, 1.7 - Math.log10(1 + Math.abs(expected)));
        }
      });
    });

    test('stays finite far out, in value and gradient', async () => {
      await using(entry, async (bijector) => {
        const far = tf.concat([1e6, -1e6, 0].map((value) => tf.fill([1, ...event], value)));
        const directions: ((p: tf.Tensor) => Mapped)[] = [(p) => bijector.inverse(p)];
        if (!isBounded) directions.push((p) => bijector.forward(p));
        for (const go of directions) {
          const { value, logDet } = go(far);
          const gradient = tf.grad((p) => tf.add(tf.mean(go(p).value), tf.mean(go(p).logDet)) as tf.Scalar)(far);
          for (const tensor of [value, logDet, gradient]) {
            expect((await tensor.data()).every((number) => Number.isFinite(number))).toBe(true);
          }
        }
      });
    });

    test('its variables go through a file, and only into their like', async () => {
      await using(entry, async (bijector) => {
        const other = made(entry, 2);
        const z = latent(8);
        const bytes = await saveVariables(bijector.variables);
        loadVariables(other.variables, bytes);
        loadVariables(bijector.variables, bytes); // both on the host: tfjs computes with few such numbers there
        expect(await distance(other.forward(z).value, bijector.forward(z).value)).toBe(0);
        for (const [name, variable] of Object.entries(other.variables)) {
          expect(await distance(variable, bijector.variables[name] as tf.Tensor)).toBe(0);
        }
        free(other);
      });
    });

    test('leaves no tensor behind', async () => {
      const bijector = made(entry, 1);
      const z = latent(4);
      expect(await leaked(() => tf.tidy(() => ({ ...bijector.forward(z) })))).toBe(0);
      expect(await leaked(() => tf.tidy(() => ({ ...bijector.inverse(z) })))).toBe(0);
      free(bijector);
    });

    testIf(entry.anyShape !== true)('refuses points of another shape', () => {
      const bijector = made(entry, 1);
      for (const wrong of [[4], [4, ...event, 1], [4, ...event.slice(0, -1), (event.at(-1) as number) + 1]]) {
        const message = new RegExp(`points must be \\[batch, ${event.join(', ')}\\], got \\[${wrong.join(', ')}\\]`);
        expect(() => bijector.forward(tf.zeros(wrong))).toThrow(message);
        expect(() => bijector.inverse(tf.zeros(wrong))).toThrow(RangeError);
      }
      free(bijector);
    });
  });
});

/** Runs a check on a perturbed bijector, and frees everything after it. */
async function using(entry: Registered, check: (bijector: Bijector) => Promise<void>): Promise<void> {
  const bijector = perturb(made(entry, 1), 7, entry.moved);
  tf.engine().startScope();
  try {
    await check(bijector);
  } finally {
    tf.engine().endScope();
    free(bijector);
  }
}

/** Compares logDet at one point with finite differences. */
async function expectLogDet(go: (p: tf.Tensor) => Mapped, at: number[], event: number[], step = 1e-2) {
  const expected = logAbsDet(await numericalJacobian((p) => go(p).value, at, event, step));
  const found = (await go(tf.tensor(at, [1, ...event])).logDet.data())[0] as number;
  expect(Math.abs(found - expected)).toBeLessThan(1e-2);
}

/** The slope of f along a direction from where a tensor (or variable) is, by central differences. */
async function alongDirection(subject: tf.Tensor, direction: tf.Tensor, f: (moved: tf.Tensor) => tf.Scalar, h = 1e-2) {
  const start = tf.add(subject, 0);
  const at = async (step: number) => {
    const moved = tf.add(start, tf.mul(step, direction));
    if (subject instanceof tf.Variable) subject.assign(moved);
    return (await f(moved).data())[0] as number;
  };
  const slope = ((await at(h)) - (await at(-h))) / (2 * h);
  if (subject instanceof tf.Variable) subject.assign(start);
  return slope;
}
