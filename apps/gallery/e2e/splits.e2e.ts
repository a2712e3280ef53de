import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gallery, hasChromium, openGallery } from './gallery';

const path = 'splits-at-a-glance/index.html';
const rowsOf = (page: Page) =>
  page.locator('#rows tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
const label = (page: Page, text: string) => page.locator('#folds text', { hasText: text });

describe.skipIf(!hasChromium)('splits at a glance', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test('shows what any splitter does, and says it in numbers and in code', async () => {
    const page = await gallery.visit(path);
    await label(page, 'split 5').waitFor();
    expect((await rowsOf(page)).map(([, train, tested]) => [train, tested])).toEqual(new Array(5).fill(['48', '12']));

    await page.getByLabel('Splitter').selectOption('GroupKFold');
    await page.getByRole('slider', { name: 'Splits' }).fill('3');
    await label(page, 'split 3').waitFor();
    expect((await rowsOf(page)).map((row) => row.at(-1))).toEqual(['0', '0', '0']);
    expect(await page.locator('#code').textContent()).toContain('new GroupKFold({ nSplits: 3 })');
    expect(await page.getByLabel('Shuffle').isVisible()).toBe(false);

    await page.getByLabel('Splitter').selectOption('PurgedTimeSeriesSplit');
    await page.getByRole('slider', { name: 'Gap' }).fill('2');
    await label(page, 'left out').waitFor();
  });

  test('sizes are dragged, and moved by keys; the folds follow', async () => {
    const page = await gallery.visit(`${path}?splitter=GroupKFold&nSplits=3`);
    const border = page.getByRole('slider', { name: 'Border of class A and class B' });
    expect(await border.getAttribute('aria-valuetext')).toBe('class A 36, class B 16');
    await border.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await border.getAttribute('aria-valuetext')).toBe('class A 35, class B 17');
    await expect.poll(() => page.url()).toContain('classes=35-17-8');

    const handle = page.getByRole('slider', { name: 'Border of group 1 and group 2' });
    const before = await rowsOf(page);
    const box = await handle.boundingBox();
    if (box === null) throw new Error('the border has no place');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    const [first = 0] = new URL(page.url()).searchParams.get('groups')?.split('-').map(Number) ?? [];
    expect(first).toBeGreaterThan(17);
    expect(await rowsOf(page)).not.toEqual(before);

    await page.goBack();
    await expect.poll(() => page.url()).toContain('groups=15-13-11-9-7-5');
    expect(await rowsOf(page)).toEqual(before);
    await page.getByRole('button', { name: 'Sizes as before' }).click();
    expect(await border.getAttribute('aria-valuetext')).toBe('class A 36, class B 16');
  });

  test('says what a splitter warns of, and what it refuses', async () => {
    const page = await gallery.visit(`${path}?splitter=StratifiedKFold&nSplits=8&classes=50-6-4`);
    const notice = page.locator('#notice');
    await notice.waitFor();
    expect(await notice.textContent()).toContain('the smallest class has 4 members');
    await page.getByLabel('Splitter').selectOption('GroupKFold');
    expect(await notice.textContent()).toContain('nSplits must be at most the number of groups, 6, got 8');
    expect(await page.locator('#held').isVisible()).toBe(false);
    await page.getByRole('slider', { name: 'Splits' }).fill('4');
    await notice.waitFor({ state: 'hidden' });
    expect(await page.locator('#rows tr').count()).toBe(4);
  });

  test('an address is a picture that can be shared', async () => {
    const page = await gallery.visit(`${path}?splitter=ShuffleSplit&nSplits=4&testShare=30&seed=7`);
    const picture = () => page.locator('#folds').innerHTML();
    await label(page, 'split 4').waitFor();
    const first = await picture();
    const again = await gallery.visit(page.url());
    await label(again, 'split 4').waitFor();
    expect(await again.locator('#folds').innerHTML()).toBe(first);
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('8');
    expect(await picture()).not.toBe(first);
  });

  test('an address that cannot be had gets the usual, and is told so', async () => {
    const page = await gallery.visit(`${path}?splitter=Fold&nSplits=3`);
    await label(page, 'split 3').waitFor();
    expect(await page.locator('#refused').textContent()).toContain('splitter=Fold');
  });
});
