import { describe, expect, test } from 'vitest';
import { methodNames, methods, wall } from './methods';
import { defaults, writing } from './settings';
import { aboutWords, verdictWords } from './words';

test('settings come back from the address; those that cannot be had are refused', () => {
  const settings = {
    ...defaults,
    picture: 'cat',
    network: 'untrained',
    target: 'moon',
    layer: 'conv2',
    method: 'occlusion',
  } as const;
  expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  for (const query of ['picture=own', 'layer=conv6', 'method=lime', 'target=cat', 'network=']) {
    expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  }
});

test('the wall has every method once', () => {
  expect(Object.values(wall).flat().sort()).toEqual([...methodNames].sort());
});

describe('what a method is about', () => {
  const seen = {
    image: { width: 0, height: 0, data: new Uint8ClampedArray() },
    probabilities: [],
    target: 4,
    channel: 7,
  };
  test.each([
    ['saliency', 'Here: class star.'],
    ['gradCam', 'Here: class star, conv3.'],
    ['featureMaps', 'Here: conv3.'],
    ['deconvnet', 'Here: channel 8 of conv3.'],
    ['filters', ''],
  ] as const)('%s: %s', (method, words) => {
    expect(aboutWords(method, { ...seen, layer: 'conv3' })).toBe(words);
    expect(methods[method].words.length).toBeGreaterThan(20);
  });
});

test('of what is no shape it is said that the network knows only shapes', () => {
  const words = (changed: object, own = false) => verdictWords({ ...defaults, ...changed }, own);
  expect(words({ picture: 'star' })).not.toContain('nothing');
  expect(words({ picture: 'cat' })).toContain('nothing else');
  expect(words({ picture: 'star' }, true)).toContain('nothing else');
  expect(words({ picture: 'cat', network: 'untrained' })).toContain('random');
});
