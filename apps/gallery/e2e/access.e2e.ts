import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditPage } from './audit';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { planePath, reading, stepsTaken, untilReady, untilSteps } from './plane';

const paths = {
  'the index': 'index.html',
  'flows in the plane': planePath(),
  'a drawing in the plane': planePath({ target: 'drawn', flow: 'spline' }),
  'Markov chains': 'markov-chains/index.html?chains=2',
  'autoregressive images': 'autoregressive-images/index.html?seed=1&backend=wasm',
  'building a CNN': 'build-a-cnn/index.html?look=3&backend=wasm',
  'building a CNN that cannot be':
    'build-a-cnn/index.html?stack=flatten.conv-8-3-1-same-relu-none&shown=drawn&backend=wasm',
  'flow faces': 'flow-faces/index.html?seed=1&backend=wasm',
  'what a network sees': 'what-a-network-sees/index.html?method=occlusion&backend=wasm',
  'splits at a glance': 'splits-at-a-glance/index.html?splitter=StratifiedKFold&nSplits=8&classes=50-6-4',
  'scores and thresholds': 'scores-and-thresholds/index.html',
};

/** Waits until the page shows what it has to show. */
async function shown(page: Page, path: string): Promise<void> {
  if (/^(flows-|markov|autoregressive|build-a-cnn.*look)/.test(path)) await untilReady(page);
  else if (path.startsWith('flow-faces')) await page.locator('#ways[aria-busy=false]').waitFor({ timeout: 90_000 });
  else if (path.startsWith('what-a')) await page.locator('#wall[aria-busy=false]').waitFor({ timeout: 90_000 });
  else if (path !== 'index.html') await page.locator('main svg').first().waitFor();
}

describe.skipIf(!hasChromium)('access', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  describe.each(Object.entries(paths))('%s', (_, path) => {
    test.each(['light', 'dark'] as const)('can be read, and everything has a name: %s', async (colorScheme) => {
      const page = await gallery.visit(path, { colorScheme });
      await shown(page, path);
      expect(await page.evaluate(auditPage)).toEqual([]);
    });

    test.each([360, 800])('fits a screen %i pixels wide', async (width) => {
      const page = await gallery.visit(path, { viewport: { width, height: 740 } });
      await shown(page, path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });

  test('everything can be done from the keyboard', async () => {
    const page = await gallery.visit(planePath());
    await untilReady(page);
    const focused = () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('value'));
    const tabTo = async (id: string) => {
      for (let presses = 0; presses < 40 && (await focused()) !== id; presses++) await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
      // The focus can be seen, on the element itself or on the picture that stands for it.
      const outline = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const shown = getComputedStyle(element).opacity === '0' ? (element.nextElementSibling ?? element) : element;
        return getComputedStyle(shown).outlineStyle;
      });
      expect(outline).toBe('solid');
    };

    await tabTo('run');
    await page.keyboard.press('Enter');
    await untilSteps(page, 5);
    await page.keyboard.press('Space');
    await tabTo('step');
    await page.waitForTimeout(500);
    const held = await stepsTaken(page);
    await page.keyboard.press('Enter');
    await untilSteps(page, held + 1);
    await tabTo('layer');
    await page.keyboard.press('Home');
    expect(await page.locator('#layer-words').textContent()).toContain('Before any layer');
    await tabTo('crescent');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.url()).toContain('target=checkerboard');
    await expect.poll(() => reading(page, 'floor')).toBe('3.466');
    await tabTo('seed');
    await page.keyboard.type('9');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.url()).toContain('seed=9');
  });
});
