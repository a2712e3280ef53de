import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaults, sameRun, writing } from '../settings';
import { fieldsOf, kindNames, MOST_BLOCKS, readStack, type Stack, usualBlock, withField, writeStack } from './blocks';
import { inserted, moved, removed, replaced } from './edit';
import { outlineOf } from './figures';
import { presets } from './presets';

describe('a stack in the address', () => {
  test.each(Object.entries(presets))('comes back: %s', (_, { stack }) => {
    const settings = { ...defaults, stack };
    expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  });

  test.each(kindNames)('comes back with every choice of %s', (kind) => {
    for (const [field, choices] of fieldsOf(kind)) {
      for (const choice of choices) {
        const stack = [withField(usualBlock(kind), field, String(choice))];
        expect(stack[0]).toHaveProperty(field, choice);
        expect(readStack(writeStack(stack))).toEqual(stack);
      }
    }
  });

  test('is short, and is needed: nothing is nothing', () => {
    expect(writeStack(presets.first.stack)).toBe(
      'conv-8-3-1-same-relu-none.maxPool-2-2.conv-16-3-1-same-relu-none.maxPool-2-2.flatten',
    );
    expect(readStack('')).toEqual([]);
  });

  test.each([
    'conv',
    'conv-8-3-1-same-relu',
    'conv-9-3-1-same-relu-none',
    'conv-8-3-1-same-relu-none-1',
    'pool-2-2',
    'flatten.',
    'toString',
    Array(MOST_BLOCKS + 1)
      .fill('flatten')
      .join('.'),
  ])('that is none is refused, and said so: %s', (stack) => {
    expect(writing.fromQuery(`stack=${stack}`)).toEqual({ settings: defaults, refused: [`stack=${stack}`] });
  });

  test.each(['look=99', 'shown=both', 'held=2000', 'digit=40', 'drawing=A', 'learningRate=1', 'batchSize=7'])(
    'other settings that cannot be had are refused: %s',
    (query) => {
      expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
    },
  );
});

test('a choice that a field has not leaves the block as it was', () => {
  const block = usualBlock('conv');
  expect(withField(block, 'filters', '9')).toBe(block);
  expect(withField(block, 'colour', '8')).toBe(block);
});

describe('editing', () => {
  const stack = readStack('conv-8-3-1-same-relu-none.maxPool-2-2.flatten') as Stack;
  const kinds = ({ stack, look }: { stack: Stack; look: number }) => [stack.map(({ kind }) => kind).join(' '), look];

  test('inserts after what is looked into, and looks into it', () => {
    expect(kinds(inserted({ stack, look: 1 }, 'dropout'))).toEqual(['conv dropout maxPool flatten', 2]);
    expect(kinds(inserted({ stack, look: 0 }, 'dropout'))).toEqual(['dropout conv maxPool flatten', 1]);
    expect(kinds(inserted({ stack, look: 9 }, 'dense'))).toEqual(['conv maxPool flatten dense', 4]);
    const full = { stack: Array<(typeof stack)[0]>(MOST_BLOCKS).fill(usualBlock('dropout')), look: 1 } as const;
    expect(inserted(full as never, 'dense').stack).toHaveLength(MOST_BLOCKS);
  });

  test('removes, and goes on looking where it did', () => {
    expect(kinds(removed({ stack, look: 3 }, 0))).toEqual(['maxPool flatten', 2]);
    expect(kinds(removed({ stack, look: 1 }, 1))).toEqual(['conv flatten', 1]);
    expect(kinds(removed({ stack, look: 2 }, 1))).toEqual(['conv flatten', 1]);
  });

  test('moves, and looks at the same block or still at the classes', () => {
    expect(kinds(moved({ stack, look: 1 }, 0, 1))).toEqual(['maxPool conv flatten', 2]);
    expect(kinds(moved({ stack, look: 1 }, 2, 0))).toEqual(['flatten conv maxPool', 2]);
    expect(kinds(moved({ stack, look: 4 }, 2, 0))).toEqual(['flatten conv maxPool', 4]);
    expect(kinds(moved({ stack, look: 1 }, 0, -1))).toEqual(kinds({ stack, look: 1 }));
    expect(kinds(moved({ stack, look: 1 }, 2, 3))).toEqual(kinds({ stack, look: 1 }));
  });

  test('changes one block', () => {
    const changed = replaced({ stack, look: 1 }, 0, withField(usualBlock('conv'), 'kernel', '7'));
    expect(changed.stack[0]).toMatchObject({ kernel: 7 });
    expect(stack[0]).toMatchObject({ kernel: 3 });
  });
});

test('looking and drawing is no other run; another block is', () => {
  const elsewhere = { ...defaults, look: 3, digit: 1, shown: 'drawn', drawing: 'AA' } as const;
  expect(sameRun(defaults, elsewhere)).toBe(true);
  for (const change of [
    { seed: 2 },
    { batchSize: 64 },
    { learningRate: 0.01 },
    { backend: 'cpu' as const },
    { stack: [] },
  ]) {
    expect(sameRun(defaults, { ...defaults, ...change })).toBe(false);
  }
});

test('every link on the page is to settings that can be had, and to a stack that can be', () => {
  const html = readFileSync(new URL('../../../build-a-cnn/index.html', import.meta.url), 'utf8');
  const links = [...html.matchAll(/data-settings href="(.+?)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    const { settings, refused } = writing.fromQuery(link);
    expect([refused, outlineOf(settings.stack).problem]).toEqual([[], undefined]);
  }
});
