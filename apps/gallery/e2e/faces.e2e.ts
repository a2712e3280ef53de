import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { drawn } from './plane';

const path = 'flow-faces/index.html?from=14&to=33&share=50&seed=1&backend=wasm';
const untilReady = (page: Page) => page.locator('#ways[aria-busy=false]').waitFor({ timeout: 90_000 });
const bits = async (page: Page, way: 'arc' | 'line' | 'pixels') =>
  Number.parseFloat((await page.locator(`#${way}-bits`).textContent()) ?? '');

describe.skipIf(!hasChromium)('flow faces', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('all ways join the same two digits; halfway the flow finds the fade least likely', async () => {
    const page = await gallery.visit(path);
    await untilReady(page);
    expect(await page.getByRole('heading', { name: 'From a 3 to a 8' }).isVisible()).toBe(true);
    expect(await bits(page, 'arc')).toBeLessThan((await bits(page, 'pixels')) - 0.3);
    expect(await bits(page, 'line')).toBeLessThan((await bits(page, 'pixels')) - 0.3);
    const halfway = await drawn(page, 'arc-large');

    const slider = page.getByRole('slider', { name: 'How far along the way' });
    for (const end of ['Home', 'End']) {
      await slider.press(end);
      expect(await drawn(page, 'arc-large')).toBe(await drawn(page, 'pixels-large'));
      expect(await drawn(page, 'line-large')).toBe(await drawn(page, 'pixels-large'));
      expect(await bits(page, 'arc')).toBeCloseTo(await bits(page, 'pixels'), 1);
    }
    expect(page.url()).toContain('share=100');
    expect(await drawn(page, 'arc-large')).not.toBe(halfway);
    expect(await page.locator('#samples canvas').count()).toBe(12);
  });

  test('other digits have other ways, and an address is a picture', async () => {
    const page = await gallery.visit(path);
    await untilReady(page);
    const before = await drawn(page, 'arc-large');
    await page.locator('#to-digits').getByRole('radio', { name: 'a 0, number 2' }).check({ force: true });
    await expect.poll(() => page.url()).toContain('to=2&');
    await expect.poll(() => drawn(page, 'arc-large'), { timeout: 90_000 }).not.toBe(before);
    const shared = await gallery.visit(page.url());
    await untilReady(shared);
    expect(await drawn(shared, 'arc-large')).toBe(await drawn(page, 'arc-large'));
    await page.goBack();
    await expect.poll(() => drawn(page, 'arc-large'), { timeout: 90_000 }).toBe(before);
  });

  test('it walks by itself, and stops when it is told to', async () => {
    const page = await gallery.visit(path.replace('share=50', 'share=0'));
    await untilReady(page);
    const play = page.getByRole('button', { name: 'Walk from one to the other' });
    await play.click();
    const slider = page.getByRole('slider', { name: 'How far along the way' });
    await expect.poll(async () => Number(await slider.inputValue()), { timeout: 20_000 }).toBeGreaterThan(20);
    await play.click();
    const held = await slider.inputValue();
    await page.waitForTimeout(300);
    expect(await slider.inputValue()).toBe(held);
  });
});
