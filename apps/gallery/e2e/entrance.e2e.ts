import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
    const picture = page.locator('.card img');
    await picture.scrollIntoViewIfNeeded();
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Normalizing flows in the plane' }).click();
    await page.locator('#train:enabled').waitFor();
    await page.getByRole('link', { name: 'Gallery' }).click();
    await page.getByRole('heading', { name: 'Packages' }).waitFor();
  });
});
