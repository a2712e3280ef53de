import { planeNames } from '@tenonjs/datasets';
import { describe, expect, test } from 'vitest';
import { flowNames, flows } from './flows';
import { defaults, rules, type Settings, writing } from './settings';
import { targetNames } from './targets';

const { fromQuery, toQuery } = writing;

const unusual: Settings = {
  target: 'crescentCubed',
  drawing: defaults.drawing,
  flow: 'planar',
  depth: 24,
  width: 8,
  learningRate: 0.0003,
  batchSize: 1024,
  seed: 0,
  backend: 'cpu',
};

describe('settings in an address', () => {
  test.each<[string, Settings]>([
    ['the usual ones', defaults],
    ['unusual ones', unusual],
    ['a drawing', { ...unusual, target: 'drawn', drawing: 'AA_-.cd' }],
    ['an empty drawing', { ...unusual, target: 'drawn', drawing: '' }],
  ])('come back: %s', (_, settings) => {
    expect(fromQuery(toQuery(settings))).toEqual({ settings, refused: [] });
  });

  test('are all written out, so that a shared address outlives a change of the usual ones', () => {
    expect([...new URLSearchParams(toQuery(defaults)).keys()]).toEqual(
      Object.keys(defaults).filter((name) => name !== 'drawing'),
    );
    expect([...new URLSearchParams(toQuery({ ...defaults, target: 'drawn' })).keys()].sort()).toEqual(
      Object.keys(defaults).sort(),
    );
  });

  test('take their usual value where the address is silent', () => {
    expect(fromQuery('')).toEqual({ settings: defaults, refused: [] });
    expect(fromQuery('?seed=7&other=1').settings).toEqual({ ...defaults, seed: 7 });
  });

  test.each([
    'target=three-moons',
    'flow=ffjord',
    'drawing=AAA',
    'drawing=AA..BB',
    `drawing=${'AA'.repeat(301)}`,
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

test('every plane can be picked, and what one draws', () => {
  expect([...targetNames].sort()).toEqual([...planeNames, 'drawn'].sort());
});

test.each(flowNames)('what suits %s can be set', (flow) => {
  const settings = { ...defaults, flow, ...flows[flow].usual };
  expect(fromQuery(toQuery(settings))).toEqual({ settings, refused: [] });
  expect(rules.learningRate).toContain(settings.learningRate);
});
