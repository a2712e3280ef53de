import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';

const path = (settings: Record<string, string> = {}) =>
  `what-a-network-sees/index.html?${new URLSearchParams({ picture: 'star', seed: '1', backend: 'wasm', ...settings })}`;

/** Waits until all that takes one look is shown. */
const untilShown = (page: Page) => page.locator('#wall[aria-busy=false]').waitFor({ timeout: 90_000 });
const pixels = (page: Page, selector: string) =>
  page.locator(selector).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
/** The small pictures of all methods. */
const wall = (page: Page) =>
  page
    .locator('.wall canvas')
    .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
const pressed = (page: Page, within: string) => page.locator(`${within} button[aria-pressed=true]`).textContent();
const words = (page: Page) => page.locator('#step-words').textContent();
const photograph = readFileSync(new URL('../src/what-a-network-sees/photographs/dog.jpg', import.meta.url));

describe.skipIf(!hasChromium)('what a network sees', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('methods stand side by side; class, layer, method and picture are chosen, and the address shares them', async () => {
    const page = await gallery.visit(path());
    await untilShown(page);
    expect(await pressed(page, '#verdict')).toContain('star');
    const first = await wall(page);
    expect(first).toHaveLength(15);
    expect(new Set(first).size).toBe(12); // the four that go step by step have not begun

    await page.locator('.wall button', { hasText: /^Feature maps$/ }).click();
    await expect.poll(() => page.url()).toContain('method=featureMaps');
    expect(await page.locator('#method-title').textContent()).toBe('Feature maps');
    const maps = await pixels(page, '#shown');
    expect(maps).toBe(first[10]);
    await page.locator('#layer').selectOption('conv2');
    await untilShown(page);
    await expect.poll(() => pixels(page, '#shown'), { timeout: 20_000 }).not.toBe(maps);
    expect(await page.locator('#shown-words').textContent()).toContain('Here: conv2.');

    const likeliest = await wall(page);
    await page.locator('#verdict button', { hasText: 'heart' }).click();
    await expect.poll(() => page.url()).toContain('target=heart');
    await untilShown(page);
    const other = await wall(page);
    expect(other[0]).not.toBe(likeliest[0]); // saliency is of a class,
    expect(other[10]).toBe(likeliest[10]); // feature maps are not

    await page.getByRole('radio', { name: 'a cat' }).check({ force: true });
    await untilShown(page);
    expect(await page.locator('#picked').textContent()).toBe('a cat');
    const cat = await wall(page);
    const shared = await gallery.visit(page.url());
    await untilShown(shared);
    expect(await wall(shared)).toEqual(cat);
    await page.goBack();
    await untilShown(page);
    await expect.poll(() => wall(page), { timeout: 20_000 }).toEqual(other);

    await page.getByRole('radio', { name: 'Untrained' }).check({ force: true });
    await untilShown(page);
    expect((await wall(page))[6]).not.toBe(other[6]);
  });

  test('a picture of one’s own is looked at; a file that is none changes nothing', async () => {
    const page = await gallery.visit(path({ method: 'saliency' }), { expectErrors: true });
    await untilShown(page);
    const before = await pixels(page, '#picture');
    const asked = page.url();
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      page.locator('#file').setInputFiles({ name, mimeType, buffer });

    await choose('dog.png', 'image/png', Buffer.from('no picture at all'));
    const refused = page.locator('#file-refused');
    await refused.waitFor();
    expect(await refused.textContent()).toContain('dog.png');
    expect(await pixels(page, '#picture')).toBe(before);
    expect(await page.getByRole('radio', { name: 'a star' }).isChecked()).toBe(true);

    await choose('my dog.jpg', 'image/jpeg', photograph);
    await expect.poll(() => page.locator('#picked').textContent(), { timeout: 20_000 }).toBe('my dog.jpg');
    await untilShown(page);
    expect(await refused.isVisible()).toBe(false);
    const own = await pixels(page, '#picture');
    expect(own).not.toBe(before);
    expect(page.url()).toBe(asked);
    await page.locator('#layer').selectOption('conv1'); // another setting leaves it there
    await untilShown(page);
    expect(await pixels(page, '#picture')).toBe(own);
    expect(page.url()).toBe(asked.replace('layer=conv5', 'layer=conv1'));

    await page.getByRole('radio', { name: 'a star' }).check({ force: true });
    await expect.poll(() => pixels(page, '#picture'), { timeout: 20_000 }).toBe(before);
  });

  test('an occluder walks over the picture, and can be stopped, led and sent back', async () => {
    const page = await gallery.visit(path({ method: 'occlusion' }));
    await page.locator('#run:enabled').waitFor();
    const picture = await pixels(page, '#picture');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => words(page), { timeout: 30_000 }).toMatch(/^Place 1 of 169: star /);
    expect(await pixels(page, '#picture')).not.toBe(picture);
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => words(page), { timeout: 30_000 }).toMatch(/^Place [2-9]\d of 169/);
    await page.getByRole('button', { name: 'Pause' }).click();
    const held = await words(page);
    const [map, at] = [await pixels(page, '#shown'), await page.locator('#station').inputValue()];
    await page.waitForTimeout(400);
    expect(await words(page)).toBe(held);
    await page.locator('#station').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#station').inputValue()).toBe(String(Number(at) + 1));
    expect(await pixels(page, '#shown')).not.toBe(map);
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => words(page), { timeout: 60_000 }).toMatch(/^Place 169 of 169/);
    await page.getByRole('button', { name: 'Run' }).waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => page.locator('#steps').textContent()).toBe('0');
  });

  test('whoever wants no motion sees the whole map at once', async () => {
    const page = await gallery.visit(path({ method: 'occlusion' }), { reducedMotion: 'reduce' });
    await untilShown(page);
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => words(page), { timeout: 30_000 }).toMatch(/^Place 169 of 169/);
  });

  test('images are made step by step, and given up for something else', async () => {
    const page = await gallery.visit(path({ method: 'foolingImage', target: 'moon' }));
    await page.locator('#run:enabled').waitFor();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => words(page), { timeout: 60_000 }).toMatch(/^Step 1 of 120: the network says /);
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => words(page), { timeout: 60_000 }).toMatch(/^(Step [2-9]|Finished)/);

    await page.locator('#method').selectOption('deepDream');
    await page.locator('#run:enabled').waitFor();
    await expect.poll(() => page.locator('#steps').textContent()).toBe('0');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => words(page), { timeout: 60_000 }).toMatch(/^Step 1 of 36/);
    await page.locator('#method').selectOption('cam');
    expect(await page.locator('#run').isVisible()).toBe(false);
    await untilShown(page);
    expect(await pixels(page, '#shown')).toBe((await wall(page))[5]);
  });

  test('an address that asks for what is not there says so', async () => {
    const page = await gallery.visit(path({ layer: 'conv9' }));
    expect(await page.locator('#refused').textContent()).toContain('layer=conv9');
  });
});
