import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { planePath, reading, stepThrough, untilReady } from './plane';

const drawingOf = (page: Page) => new URL(page.url()).searchParams.get('drawing');

describe.skipIf(!hasChromium)('drawing a target', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('by mouse: it is trained on, stands in the address, and can be undone', async () => {
    const page = await gallery.visit(planePath({ flow: 'spline' }));
    await untilReady(page);
    expect(drawingOf(page)).toBeNull();
    await page.getByRole('radio', { name: 'Your own drawing' }).check();
    await untilReady(page);
    await expect.poll(() => reading(page, 'floor'), { timeout: 20_000 }).toBe('1.750'); // the heart's
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => drawingOf(page)).toBe('');
    expect(await page.getByRole('button', { name: 'Train' }).isDisabled()).toBe(true);

    const box = await page.locator('#pad').boundingBox();
    if (box === null) throw new Error('the sheet has no place');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.2, 0.2));
    await page.mouse.down();
    await page.mouse.move(...at(0.8, 0.2), { steps: 6 });
    await page.mouse.move(...at(0.8, 0.8), { steps: 6 });
    await page.mouse.up();
    await untilReady(page);
    // A corner: three places, y upwards.
    await expect.poll(() => drawingOf(page)).toMatch(/^.{6}$/);
    await expect.poll(() => reading(page, 'floor'), { timeout: 20_000 }).not.toBe('1.750');
    const floor = await reading(page, 'floor');
    const losses = await stepThrough(page, 2);

    const shared = await gallery.visit(page.url());
    await untilReady(shared);
    expect(await stepThrough(shared, 2)).toEqual(losses);

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => drawingOf(page)).toBe('');
    await page.goBack();
    await untilReady(page);
    await expect.poll(() => drawingOf(page)).toMatch(/^.{6}$/);
    await expect.poll(() => reading(page, 'floor'), { timeout: 20_000 }).toBe(floor);
  });

  test('by keys', async () => {
    const page = await gallery.visit(`${planePath({ target: 'drawn', drawing: '' })}`);
    await page.locator('#pad').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    expect(await page.locator('#pad-words').textContent()).toBe('The pen is down.');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await untilReady(page);
    expect(drawingOf(page)).toBe('cgsg');
    await page.keyboard.press('Backspace');
    await expect.poll(() => drawingOf(page)).toBe('');
  });
});
