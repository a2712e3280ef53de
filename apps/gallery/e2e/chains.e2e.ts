import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaults, type Settings, writing } from '../src/markov-chains/settings';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { drawn } from './plane';

const path = (settings: Partial<Settings> = {}) =>
  `markov-chains/index.html?${writing.toQuery({ ...defaults, pace: 'hurry', ...settings })}`;
const reading = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent()) ?? '';
const untilReady = async (page: Page) => {
  await page.locator('#run:enabled').waitFor();
  await page.locator('#pictures[aria-busy=false]').waitFor();
};
const untilSteps = (page: Page, least: number) =>
  expect
    .poll(async () => Number((await reading(page, 'steps')).replace(/\D/g, '')), { timeout: 90_000 })
    .toBeGreaterThanOrEqual(least);

describe.skipIf(!hasChromium)('Markov chains', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test.each(['metropolis', 'gibbs', 'hmc'] as const)('%s walks, and tells how well', async (sampler) => {
    const page = await gallery.visit(path({ sampler, chains: 8 }));
    await untilReady(page);
    const start = await drawn(page, 'walk');
    await page.getByRole('button', { name: 'Walk' }).click();
    await untilSteps(page, 40);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => reading(page, 'rHat')).toMatch(/^\d/);
    expect(await reading(page, 'acceptance')).toMatch(sampler === 'gibbs' ? /^100 %$/ : /^\d+ %$/);
    expect(Number(await reading(page, 'size'))).toBeGreaterThan(0);
    expect(await reading(page, 'verdict')).toMatch(/^The chains/);
    expect(await drawn(page, 'walk')).not.toBe(start);
    expect(await page.locator('#stepSize').isDisabled()).toBe(sampler === 'gibbs');
  });

  test('an address is a walk: the same steps for whoever opens it, and other ones for another step size', async () => {
    const page = await gallery.visit(path());
    await untilReady(page);
    const walk = async (page: Page) => {
      for (let step = 1; step <= 3; step++) {
        await page.getByRole('button', { name: 'Step', exact: true }).click();
        await untilSteps(page, step);
      }
      await page.waitForTimeout(200); // the frame that shows the third
      return drawn(page, 'traces');
    };
    const first = await walk(page);
    const again = await gallery.visit(page.url());
    await untilReady(again);
    expect(await walk(again)).toBe(first);

    const slider = page.getByRole('slider', { name: 'Step size' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain('stepSize=0.25');
    await expect.poll(() => reading(page, 'steps'), { timeout: 20_000 }).toBe('0');
    expect(await reading(page, 'stepSize-words')).toBe('0.25');
    expect(await walk(page)).not.toBe(first);
    await page.goBack();
    await expect.poll(() => reading(page, 'stepSize-words')).toBe('0.2');
  });

  test('a step that suits is found, and more chains can be had', async () => {
    const page = await gallery.visit(path({ target: 'ridge', sampler: 'metropolis', stepSize: 4 }));
    await untilReady(page);
    await page.getByRole('button', { name: 'Find a step that suits' }).click();
    await expect.poll(() => page.url(), { timeout: 60_000 }).not.toContain('stepSize=4&');
    expect(Number(await reading(page, 'stepSize-words'))).toBeLessThan(2);
    await page.getByRole('slider', { name: 'Chains' }).fill('6');
    await expect.poll(() => page.url()).toContain('chains=64');
  });
});
