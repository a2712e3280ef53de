import '@tensorflow/tfjs';
import { composeOnly } from '@tenonjs/runtime';
import { describeOnEachBackend, opContract } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import oracle from '../../../../../tools/oracles/pooling.json' with { type: 'json' };
import { poolings } from '../../testing/ops/entries/pooling';
import { maxPoolWithArgmax } from '../maxPoolWithArgmax';
import { maxUnpool } from '../maxUnpool';

opContract(poolings);

interface Saved {
  shape: number[];
  values: number[];
}

const tensorOf = ({ shape, values }: Saved, dtype: tf.NumericDataType = 'float32') => tf.tensor(values, shape, dtype);

async function expectValues(tensor: tf.Tensor, { shape, values }: Saved) {
  expect(tensor.shape).toEqual(shape);
  const got = await tensor.data();
  for (const [i, value] of values.entries()) expect(got[i]).toBeCloseTo(value, 5);
}

describeOnEachBackend('max pooling is PyTorch’s', () => {
  const how = [
    ['kernel', <T>(fn: () => T) => fn()],
    ['composition', composeOnly],
  ] as const;
  const cases = how.flatMap(([name, within]) =>
    oracle.cases.map((one) => [`${JSON.stringify(one.options)}, by the ${name}`, within, one] as const),
  );

  test.each(cases)('%s', async (_, within, one) => {
    const { options, indices, value } = one;
    const found = within(() => tf.tidy(() => maxPoolWithArgmax(tensorOf(one.x), options)));
    await expectValues(found.value, value);
    await expectValues(found.indices, indices);
    const pool = (x: tf.Tensor) => maxPoolWithArgmax(x, options).value;
    await expectValues(
      within(() => tf.grad(pool)(tensorOf(one.x), tensorOf(one.dy))),
      one.dx,
    );
    const unpool = (value: tf.Tensor) => maxUnpool(value, tensorOf(indices, 'int32'), one.x.shape);
    await expectValues(
      within(() => unpool(tensorOf(value))),
      one.unpooled,
    );
    if (!one.unpooling) return;
    const { dy, dx } = one.unpooling;
    await expectValues(
      within(() => tf.grad(unpool)(tensorOf(value), tensorOf(dy))),
      dx,
    );
  });

  test.each(how)('the padding never wins, and what is no number does, by the %s', async (_, within) => {
    const low = Number.NEGATIVE_INFINITY;
    const x = tf.tensor([low, low, low, low, 1, Number.NaN, 2, 3, Number.NaN], [1, 3, 3, 1]);
    const { value, indices } = within(() => maxPoolWithArgmax(x, { poolSize: 2, strides: 2, padding: 1 }));
    expect([...(await value.data())]).toEqual([low, low, 2, Number.NaN]);
    expect([...(await indices.data())]).toEqual([0, 1, 6, 5]);
  });
});
