import { Normal } from '@tenonjs/distributions';
import { leaked } from '@tenonjs/testing';
import '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Affine } from './bijectors/affine';
import { Exp } from './bijectors/exp';
import { LuLinear } from './bijectors/luLinear';
import { chain } from './chain';
import { describe } from './describe';
import { Flow } from './flow';
import { glow } from './flows/glow';
import { planarFlow } from './flows/pushFlows';
import { singularValues } from './linear/singularValues';

test('singular values of a matrix that has known ones', () => {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const values = singularValues([
    [5 * c, 5 * s, 0],
    [-0.1 * s, 0.1 * c, 0],
    [0, 0, 2],
  ]);
  expect(values.sort()).toEqual([0.1, 2, 5].map((value) => expect.closeTo(value, 9)));
  const sheared = singularValues([
    [1, 0],
    [1, 1],
  ]).sort();
  expect(sheared).toEqual([(Math.sqrt(5) - 1) / 2, (Math.sqrt(5) + 1) / 2].map((value) => expect.closeTo(value, 9)));
});

test('says layers, shapes, parameters and how much digits they cost', async () => {
  const bijector = chain([new LuLinear({ shape: [2], seed: 1 }), new Affine({ shape: [2], scale: [100, 0.5] })]);
  const flow = new Flow({ bijector, base: new Normal({ shape: [2] }) });
  const { layers, parameters, text } = await describe(flow);
  expect(layers.map(({ name, from, to, parameters }) => ({ name, from, to, parameters }))).toEqual([
    { name: 'LuLinear', from: [2], to: [2], parameters: 10 },
    { name: 'Affine', from: [2], to: [2], parameters: 0 },
  ]);
  expect(layers.map(({ condition }) => condition)).toEqual([expect.closeTo(1, 2), expect.closeTo(200, 0)]);
  expect(parameters).toBe(10);
  expect(text.split('\n')).toHaveLength(4);
  expect(text).toMatch(/1 {2}Affine +\[2\] +0 +200$/m);
});

test('of a map that stretches differently here and there it tells the worst', async () => {
  const flow = new Flow({ bijector: new Exp(), base: new Normal({ shape: [2] }) });
  const { layers } = await describe(flow, { points: 6, seed: 3 });
  const z = (await flow.base.sample(6, { seed: 3 }).array()) as [number, number][];
  const worst = Math.max(...z.map(([a, b]) => Math.exp(Math.abs(a - b))));
  expect((layers[0]?.condition as number) / worst).toBeCloseTo(1, 2);
});

test('of images it says what it can, and names what is inverted', async () => {
  const images = glow({ shape: [4, 4, 1], layers: 1, scales: 1, hidden: [4], seed: 1 });
  const { layers, parameters } = await describe(images, { largest: 4 });
  expect(layers.map(({ condition }) => condition)).toEqual(layers.map(() => undefined));
  expect(layers[0]).toMatchObject({ name: 'inverse of Squeeze', from: [4, 4, 1], to: [2, 2, 4] });
  expect(parameters).toBe(images.trainableVariables.reduce((sum, { size }) => sum + size, 0));
  expect((await describe(planarFlow({ dim: 2, layers: 1, seed: 1 }))).layers[0]?.name).toBe('inverse of Planar');
  const nothing = await leaked(async () => {
    await describe(images);
    return [];
  });
  expect(nothing).toBe(0);
});
