import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';

const path = 'autoregressive-images/index.html?digit=14&given=top&seed=1&backend=wasm';
const untilReady = (page: Page) => page.locator('#run:enabled').waitFor();
const shown = (page: Page) =>
  page
    .locator('.answer canvas')
    .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
const bits = (page: Page) => page.locator('.answer span').allTextContents();

/** Fills in, and waits for the end. */
async function fillIn(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Fill in' }).click();
  await expect.poll(() => bits(page), { timeout: 90_000 }).not.toContain('–');
  return shown(page);
}

describe.skipIf(!hasChromium)('autoregressive images', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('a half is filled in eight ways, the same for whoever opens the address; any pixel can be looked into', async () => {
    const page = await gallery.visit(path);
    await untilReady(page);
    const half = await shown(page);
    expect(new Set(half.slice(0, 8)).size).toBe(1);
    const answers = await fillIn(page);
    expect(new Set(answers).size).toBe(9);
    expect(answers[8]).toBe(half[8]);
    expect((await bits(page)).every((words) => /^\d+ bits$/.test(words))).toBe(true);

    const words = page.locator('#law-words');
    await expect.poll(() => words.textContent(), { timeout: 20_000 }).toMatch(/^Row \d+, column \d+: /);
    const first = await words.textContent();
    await page.locator('#surprise').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => words.textContent(), { timeout: 20_000 }).not.toBe(first);
    const second = await words.textContent();
    await page.getByRole('button', { name: 'The real digit' }).click();
    await expect.poll(() => words.textContent(), { timeout: 20_000 }).not.toBe(second);

    const shared = await gallery.visit(page.url());
    await untilReady(shared);
    expect(await fillIn(shared)).toEqual(answers);
  });

  test('a step is a line, and any half can be given', async () => {
    const page = await gallery.visit(path.replace('given=top', 'given=left'));
    await untilReady(page);
    const half = await shown(page);
    await page.getByRole('button', { name: 'Step' }).click();
    await expect.poll(() => page.locator('#steps').textContent(), { timeout: 60_000 }).toBe('15');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => page.locator('#steps').textContent(), { timeout: 20_000 }).toBe('0');
    expect(await shown(page)).toEqual(half);
    await page.getByRole('radio', { name: 'Upper' }).check({ force: true });
    await expect.poll(() => shown(page), { timeout: 20_000 }).not.toEqual(half);
    expect(page.url()).toContain('given=top');
    for (const [name, given] of [
      ['Lower', 'bottom'],
      ['Right', 'right'],
    ] as const) {
      const before = await shown(page);
      await page.getByRole('radio', { name }).check({ force: true });
      await expect.poll(() => shown(page)).not.toEqual(before);
      expect(page.url()).toContain(`given=${given}`);
      const other = await shown(page);
      await page.getByRole('button', { name: 'Step' }).click();
      await expect.poll(() => page.locator('#steps').textContent(), { timeout: 60_000 }).toBe('15');
      expect((await shown(page)).slice(0, 8)).not.toEqual(other.slice(0, 8));
    }
  });
});
