import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../src/scores-and-thresholds/judgement';
import { type ModelName, predictionsOf } from '../src/scores-and-thresholds/models';
import { type Gallery, hasChromium, openGallery } from './gallery';

const path = 'scores-and-thresholds/index.html';
const reading = (page: Page, id: string) => page.locator(`#${id}`).textContent();

/** Where a dot stands in its frame: 0 … 1 each. */
const dotOf = (page: Page, id: string) =>
  page.locator(`#${id} svg`).evaluate((svg) => {
    const of = (element: Element | null, name: string) => Number(element?.getAttribute(name));
    const [frame, dot] = [svg.querySelector('[aria-label="frame"]'), svg.querySelector('.here')];
    const across = (of(dot, 'cx') - of(frame, 'x')) / of(frame, 'width');
    return [across, 1 - (of(dot, 'cy') - of(frame, 'y')) / of(frame, 'height')] as [number, number];
  });

/** The numbers in the cells of the confusion matrix. */
const counts = (page: Page) =>
  page.locator('#confusion text').evaluateAll((texts) =>
    texts
      .map((text) => text.textContent)
      .filter((text) => /^\d+$/.test(text ?? ''))
      .map(Number),
  );

describe.skipIf(!hasChromium)('scores and thresholds', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test.each([
    ['texture', 300],
    ['logistic', 900],
    ['bayes', 0],
  ] satisfies [ModelName, number][])('the threshold moves everything: %s at %i', async (model, thousandths) => {
    const page = await gallery.visit(`${path}?model=${model}`);
    await page.locator('#roc .here').waitFor();
    const threshold = page.getByRole('slider', { name: 'Threshold' });
    await threshold.fill(String(thousandths));
    const { matrix, precision, recall, falsePositiveRate, f1 } = judge(predictionsOf(model), thousandths / 1000);
    expect(await counts(page)).toEqual(matrix.flat());
    expect(await reading(page, 'precision')).toBe(precision.toFixed(3));
    expect(await reading(page, 'recall')).toBe(recall.toFixed(3));
    expect(await reading(page, 'f1')).toBe(f1.toFixed(3));
    const [across, up] = await dotOf(page, 'roc');
    expect(across).toBeCloseTo(falsePositiveRate, 6);
    expect(up).toBeCloseTo(recall, 6);
    const [right, high] = await dotOf(page, 'precision-recall');
    expect(right).toBeCloseTo(recall, 6);
    expect(high).toBeCloseTo(precision, 6);
    const line = await page.locator('#calibration .here').getAttribute('x1');
    const frame = page.locator('#calibration [aria-label="frame"]');
    const [x, width] = [Number(await frame.getAttribute('x')), Number(await frame.getAttribute('width'))];
    expect((Number(line) - x) / width).toBeCloseTo(thousandths / 1000, 6);
    expect(await threshold.getAttribute('aria-valuetext')).toContain('found');
    await expect.poll(() => page.url()).toContain(`threshold=${thousandths}`);
  });

  test('another model has other curves, and what needs no threshold stays', async () => {
    const page = await gallery.visit(path);
    await page.locator('#roc .here').waitFor();
    expect(await reading(page, 'rocAucScore')).toBe('0.773');
    const curve = () =>
      page
        .locator('#roc .curve')
        .first()
        .evaluate((path) => path.outerHTML);
    const texture = await curve();
    await page.getByRole('slider', { name: 'Threshold' }).fill('100');
    expect(await reading(page, 'rocAucScore')).toBe('0.773');
    expect(await curve()).toBe(texture);
    await page.getByRole('radio', { name: 'Bayes' }).check();
    await expect.poll(() => reading(page, 'logLoss')).toBe('1.061');
    expect(await curve()).not.toBe(texture);
    await page.goBack();
    await expect.poll(() => reading(page, 'rocAucScore')).toBe('0.773');
  });

  test('a threshold is searched for a purpose', async () => {
    const page = await gallery.visit(path);
    await page.locator('#roc .here').waitFor();
    await page.getByRole('button', { name: 'Miss at most 2 %' }).click();
    expect(Number(await reading(page, 'recall'))).toBeGreaterThanOrEqual(0.98);
    await page.getByRole('button', { name: 'Best F1' }).click();
    const best = Number(await reading(page, 'f1'));
    for (const other of ['200', '500', '700']) {
      await page.getByRole('slider', { name: 'Threshold' }).fill(other);
      expect(Number(await reading(page, 'f1'))).toBeLessThan(best);
    }
  });
});
