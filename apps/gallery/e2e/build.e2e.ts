import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaults, type Settings, writing } from '../src/build-a-cnn/settings';
import { readStack } from '../src/build-a-cnn/stack/blocks';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { drawn, untilReady, untilSteps } from './plane';

const small = readStack('conv-4-3-2-same-relu-none.maxPool-2-2.flatten') ?? [];
const path = (settings: Partial<Settings> = {}) =>
  `build-a-cnn/index.html?${writing.toQuery({ ...defaults, stack: small, learningRate: 0.01, backend: 'wasm', ...settings })}`;
const text = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent()) ?? '';
const number = async (page: Page, id: string) => Number.parseFloat((await text(page, id)).replace(/[^\d.]/g, ''));
const stackIn = (page: Page) => new URL(page.url()).searchParams.get('stack');
/** What a row says of a block: its shape, weights, multiplications and receptive field. */
const figures = (page: Page, stage: number) => page.locator('#stack > li').nth(stage).locator('dd').allTextContents();

describe.skipIf(!hasChromium)('building a network', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('what is set, put in, moved and removed is reckoned at once, by mouse and by keys', async () => {
    const page = await gallery.visit(path());
    await untilReady(page);
    expect(await figures(page, 1)).toEqual(['14 × 14 × 4', '40', '7.06K', '3 × 3']);
    expect(await text(page, 'weights')).toBe('2,010');

    await page.getByLabel('window of block 1, Convolution').selectOption('5');
    expect(await figures(page, 1)).toEqual(['14 × 14 × 4', '104', '19.6K', '5 × 5']);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'window of block 1, Convolution',
    );

    // After what is looked into, the first convolution.
    await page.getByLabel('A block more').selectOption('residual');
    await page.getByRole('button', { name: 'Put it in after Convolution' }).click();
    expect(stackIn(page)).toBe('conv-4-5-2-same-relu-none.residual-16-1.maxPool-2-2.flatten');
    expect(await figures(page, 2)).toEqual(['14 × 14 × 16', '3,040', '577K', '13 × 13']);

    await page.getByRole('button', { name: 'Move down block 2, Residual block' }).click();
    expect(stackIn(page)).toBe('conv-4-5-2-same-relu-none.maxPool-2-2.residual-16-1.flatten');
    expect(await figures(page, 3)).toEqual(['7 × 7 × 16', '3,040', '144K', '23 × 23']);
    await page.keyboard.press('Alt+ArrowUp');
    expect(stackIn(page)).toBe('conv-4-5-2-same-relu-none.residual-16-1.maxPool-2-2.flatten');
    await page.keyboard.press('Alt+ArrowDown');

    await page.getByRole('button', { name: 'Remove block 3, Residual block' }).click();
    expect(stackIn(page)).toBe('conv-4-5-2-same-relu-none.maxPool-2-2.flatten');
    expect(await page.locator('#code').textContent()).toContain('filters: 4, kernelSize: 5, strides: 2');

    await page.locator('#stack > li').nth(3).dragTo(page.locator('#stack > li').nth(1));
    await expect.poll(() => stackIn(page)).toBe('flatten.conv-4-5-2-same-relu-none.maxPool-2-2');
    await page.goBack();
    await expect.poll(() => stackIn(page)).toBe('conv-4-5-2-same-relu-none.maxPool-2-2.flatten');
    await page.getByRole('button', { name: 'LeNet-5' }).click();
    expect(await text(page, 'weights')).toBe('61,706');
  });

  test('a stack that cannot be says why, where it is, and is not trained', async () => {
    const page = await gallery.visit(path());
    await untilReady(page);
    await page.getByRole('button', { name: 'Train' }).click();
    await untilSteps(page, 3);
    await page.getByRole('button', { name: 'Move up block 3, Flatten' }).click();
    const broken = page.locator('#stack .broken');
    expect(await broken.textContent()).toContain('Max pooling needs an image, and gets a row of 784 numbers');
    expect(await page.getByRole('button', { name: 'Train' }).isDisabled()).toBe(true);
    expect(await figures(page, 4)).toEqual(['–', '–', '–', '–']);
    await page.getByRole('button', { name: 'Move down block 2, Flatten' }).click();
    await untilReady(page);
    expect(await broken.count()).toBe(0);
    await page.getByRole('button', { name: 'Step' }).click();
    await untilSteps(page, 1);
  });

  test('it learns: the loss falls, held-out digits are told apart, filters and maps change', async () => {
    const page = await gallery.visit(path());
    await untilReady(page);
    await expect.poll(() => number(page, 'accuracy')).toBeLessThan(40);
    const pictures = ['filters-then', 'filters-now', 'maps'];
    const before = await Promise.all(pictures.map((id) => drawn(page, id)));
    expect(before[1]).toBe(before[0]);
    const held = await number(page, 'held-loss');

    await page.getByRole('button', { name: 'Train' }).click();
    await untilSteps(page, 200);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => number(page, 'accuracy'), { timeout: 20_000 }).toBeGreaterThan(70);
    expect(await number(page, 'held-loss')).toBeLessThan(held / 2);
    const after = await Promise.all(pictures.map((id) => drawn(page, id)));
    expect(after[0]).not.toBe(before[0]); // the same filters, in the scale that both have now
    expect(after[1]).not.toBe(after[0]);
    expect(after[2]).not.toBe(before[2]);
    expect(await text(page, 'filters-words')).toMatch(/^4 filters of 3 × 3; [1-9]\d* % of them is change/);
    const taken = await page.locator('#confusion tbody td').allTextContents();
    expect(taken.reduce((sum, count) => sum + (Number(count) || 0), 0)).toBe(400);
    const wrong = Math.round(400 * (1 - (await number(page, 'accuracy')) / 100));
    expect(await page.locator('#worst li').count()).toBe(Math.min(12, wrong));
    const mistake = page.locator('#worst button').first();
    const [is, takenFor] = ((await mistake.textContent()) ?? '').match(/\d/g) ?? [];
    await mistake.click();
    await expect
      .poll(() => text(page, 'verdict'))
      .toMatch(new RegExp(`^Taken for a ${takenFor}, .* It is a ${is}\\.$`));
    expect(page.url()).toMatch(/shown=held&.*held=\d+/);

    await page.getByRole('button', { name: 'Max pooling', exact: true }).click();
    await expect.poll(() => text(page, 'maps-words')).toMatch(/^Of Max pooling: 4 maps of 7 × 7/);
    expect(await text(page, 'reach-words')).toContain('sees 5 × 5 pixels; the next one sees those 4 further on');
    expect(await number(page, 'steps')).toBeGreaterThanOrEqual(200); // looking elsewhere starts nothing over
  });

  test('one’s own digit is judged, by mouse and by keys, and stands in the address', async () => {
    const page = await gallery.visit(path());
    await untilReady(page);
    const real = await text(page, 'verdict');
    expect(real).toMatch(/^Taken for a \d, with [\d.]+ %\. It is/);
    await page.getByRole('radio', { name: 'Your own' }).check();
    const box = await page.locator('#pad').boundingBox();
    if (box === null) throw new Error('the sheet has no place');
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.1 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.9 * box.height, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => text(page, 'verdict')).toMatch(/^Taken for a \d, with [\d.]+ %\.$/);
    const drawing = new URL(page.url()).searchParams.get('drawing');
    expect(drawing).toMatch(/^.{4}$/);
    const odds = await page.locator('#odds output').allTextContents();
    const sum = odds.reduce((total, share) => total + Number.parseFloat(share), 0);
    expect(Math.abs(sum - 100)).toBeLessThan(1);

    const shared = await gallery.visit(page.url());
    await untilReady(shared);
    await expect.poll(() => shared.locator('#odds output').allTextContents()).toEqual(odds);
    await shared.locator('#pad').focus();
    await shared.keyboard.press('Space');
    for (let i = 0; i < 5; i++) await shared.keyboard.press('ArrowRight');
    await shared.keyboard.press('Space');
    await expect.poll(() => new URL(shared.url()).searchParams.get('drawing')).toMatch(/^.{4}\..{4}$/);
    await expect.poll(() => shared.locator('#odds output').allTextContents()).not.toEqual(odds);
  });

  test('an address is a run: whoever opens it has the same losses', async () => {
    const losses = async (page: Page) => {
      await untilReady(page);
      for (let step = 1; step <= 3; step++) {
        await page.getByRole('button', { name: 'Step' }).click();
        await untilSteps(page, step);
      }
      return text(page, 'loss');
    };
    const page = await gallery.visit(path({ seed: 4 }));
    const first = await losses(page);
    expect(await losses(await gallery.visit(page.url()))).toBe(first);
    expect(await losses(await gallery.visit(path({ seed: 5 })))).not.toBe(first);
  });

  test.each(['webgpu', 'cpu'] as const)('steps on %s', async (backend) => {
    const page = await gallery.visit(path({ backend, batchSize: 16 }));
    await untilReady(page);
    await page.getByRole('button', { name: 'Step' }).click();
    await untilSteps(page, 1);
    expect(await number(page, 'loss')).toBeGreaterThan(1);
  });
});
