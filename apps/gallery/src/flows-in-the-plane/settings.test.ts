import { planeNames } from '@tenonjs/datasets';
import { describe, expect, test } from 'vitest';
import { defaults, fromQuery, type Settings, settingNames, toQuery } from './settings';
import { targetNames } from './targets';

const unusual: Settings = {
  target: 'crescentCubed',
  flow: 'planar',
  depth: 24,
  width: 8,
  learningRate: 0.0003,
  batchSize: 1024,
  seed: 0,
  backend: 'cpu',
};

describe('settings in an address', () => {
  test.each([
    ['the usual ones', defaults],
    ['unusual ones', unusual],
  ])('come back: %s', (_, settings) => {
    expect(fromQuery(toQuery(settings))).toEqual({ settings, refused: [] });
  });

  test('are all written out, so that a shared address outlives a change of the usual ones', () => {
    expect([...new URLSearchParams(toQuery(defaults)).keys()]).toEqual(settingNames);
  });

  test('take their usual value where the address is silent', () => {
    expect(fromQuery('')).toEqual({ settings: defaults, refused: [] });
    expect(fromQuery('?seed=7&other=1').settings).toEqual({ ...defaults, seed: 7 });
  });

  test.each([
    'target=three-moons',
    'flow=glow',
    'depth=0',
    'depth=25',
    'depth=2.5',
    'depth=8e9',
    'width=63',
    'learningRate=',
    'learningRate=1',
    'batchSize=NaN',
    'seed=-1',
    'seed=1000000',
    'backend=webgl',
  ])('that cannot be had are refused, and said so: %s', (query) => {
    expect(fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  });
});

test('every plane can be picked', () => {
  expect([...targetNames].sort()).toEqual([...planeNames].sort());
});
