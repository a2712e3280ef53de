import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../src/frame/pages';
import { type Gallery, hasChromium, openGallery } from './gallery';

describe.skipIf(!hasChromium)('the index', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('says what Tenon is, and its card leads to the page', async () => {
    const page = await gallery.visit('index.html');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Deep-learning joinery for TypeScript');
    const picture = page.locator('.card img').first();
    await picture.scrollIntoViewIfNeeded();
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Normalizing flows in the plane' }).click();
    await page.locator('#run:enabled').waitFor();
    await page.getByRole('link', { name: 'Gallery' }).click();
    await page.getByRole('heading', { name: 'Packages' }).waitFor();
  });

  test.each(Object.entries(pages).slice(1))(
    'has a card with a picture that leads to %s',
    async (folder, { title: name }) => {
      const page = await gallery.visit('index.html');
      const card = page.locator('.card', { hasText: name });
      await card.scrollIntoViewIfNeeded();
      expect(await card.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(
        0,
      );
      await card.getByRole('link', { name }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
      expect(page.url()).toContain(`/${folder}/`);
    },
  );
});
