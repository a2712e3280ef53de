import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { planePath, reading, stepThrough, untilReady } from './plane';

describe.skipIf(!hasChromium)('the address', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('holds all settings: who opens it sees the same run', async () => {
    const page = await gallery.visit(planePath());
    await untilReady(page);
    await page.getByRole('radio', { name: 'Sine' }).check();
    await page.getByLabel('Flow', { exact: true }).selectOption('nice');
    await page.getByRole('slider', { name: 'Depth' }).fill('3');
    await page.getByLabel('Width').selectOption('16');
    await page.getByLabel('Learning rate').selectOption('0.01');
    await page.getByLabel('Batch').selectOption('128');
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('42');
    await page.getByRole('spinbutton', { name: 'Seed' }).press('Tab');
    await untilReady(page);
    expect(new URL(page.url()).search).toBe(
      '?target=sine&flow=nice&depth=3&width=16&learningRate=0.01&batchSize=128&seed=42&backend=wasm',
    );
    const losses = await stepThrough(page, 4);
    expect(new Set(losses).size).toBe(4);

    const shared = await gallery.visit(page.url());
    await untilReady(shared);
    expect(await stepThrough(shared, 4)).toEqual(losses);

    const otherSeed = await gallery.visit(page.url().replace('seed=42', 'seed=43'));
    await untilReady(otherSeed);
    expect(await stepThrough(otherSeed, 4)).not.toEqual(losses);
  });

  test('goes back and forth', async () => {
    const page = await gallery.visit(planePath());
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await untilReady(page);
    await page.getByRole('button', { name: 'Another' }).click();
    const drawnSeed = await seed.inputValue();
    expect(drawnSeed).not.toBe('1');
    await page.getByRole('radio', { name: 'Gaussian' }).check();
    await expect.poll(() => reading(page, 'floor')).toBe('2.145');

    await page.goBack();
    await expect.poll(() => reading(page, 'floor')).toBe('1.838');
    expect(await seed.inputValue()).toBe(drawnSeed);
    expect(await page.getByRole('radio', { name: 'Crescent', exact: true }).isChecked()).toBe(true);
    await page.goBack();
    await expect.poll(() => seed.inputValue()).toBe('1');
    await page.goForward();
    await expect.poll(() => seed.inputValue()).toBe(drawnSeed);
  });

  test('that asks for what cannot be had gets the usual, and is told so', async () => {
    const page = await gallery.visit('flows-in-the-plane/index.html?depth=99&backend=wasm');
    await untilReady(page);
    expect(await page.locator('#refused').textContent()).toContain('depth=99');
    expect(await page.getByRole('slider', { name: 'Depth' }).inputValue()).toBe('8');
  });
});
