import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumFlags } from '../../../tools/chromium.ts';
import { type Gallery, hasChromium, openGallery } from './gallery';
import { drawn, planePath, reading, stepsTaken, stepThrough, untilReady, untilSteps } from './plane';

describe.skipIf(!hasChromium)('training in the plane', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  });
  afterAll(() => gallery?.close());

  test.each([
    ['webgpu', 'WebGPU', 40],
    ['wasm', 'WebAssembly', 150],
    ['cpu', 'Plain JavaScript', 40],
  ] as const)('the loss falls, on %s', async (backend, name, steps) => {
    const page = await gallery.visit(planePath({ backend }));
    await untilReady(page);
    expect(await reading(page, 'device')).toBe(name);
    expect(await reading(page, 'floor')).toBe('1.838');
    const untrained = await drawn(page, 'density');
    const [first] = (await stepThrough(page, 1)) as [string];

    await page.getByRole('button', { name: 'Train' }).click();
    await untilSteps(page, steps);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Train' }).waitFor();
    await untilReady(page);
    // Both at once: steps that were under way may still be told.
    const [loss, gap] = await page.evaluate(() =>
      ['loss', 'gap'].map((id) => Number(document.getElementById(id)?.textContent)),
    );
    expect(loss).toBeLessThan(Number(first) - 0.1);
    expect(gap).toBeCloseTo((loss as number) - 1.838, 2);
    await expect.poll(() => drawn(page, 'density')).not.toBe(untrained);
  });

  test.each(['spline', 'planar', 'continuous'] as const)('%s trains too', async (flow) => {
    const page = await gallery.visit(planePath({ flow }));
    await untilReady(page);
    const [first, second, third] = await stepThrough(page, 3);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test('pause pauses, a step is one step, reset goes back to the start', async () => {
    const page = await gallery.visit(planePath());
    await untilReady(page);
    await page.getByRole('button', { name: 'Train' }).click();
    await untilSteps(page, 20);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Train' }).waitFor();
    await page.waitForTimeout(500); // a step that was under way may end
    const held = await stepsTaken(page);
    await page.waitForTimeout(1000);
    expect(await stepsTaken(page)).toBe(held);
    expect(await page.locator('#status').textContent()).toContain(`Paused`);

    await page.getByRole('button', { name: 'Step' }).click();
    await untilSteps(page, held + 1);
    await page.waitForTimeout(500);
    expect(await stepsTaken(page)).toBe(held + 1);

    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => stepsTaken(page)).toBe(0);
    expect(await reading(page, 'loss')).toBe('–');
    const again = await stepThrough(page, 3);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => stepsTaken(page)).toBe(0);
    expect(await stepThrough(page, 3)).toEqual(again);
  });

  test('the slider carries the grid from latent space to the data', async () => {
    const page = await gallery.visit(planePath(), { reducedMotion: 'reduce' });
    await untilReady(page);
    await stepThrough(page, 5);
    const slider = page.getByRole('slider', { name: 'Layers the grid has passed' });
    const seen = new Map<string, string>();
    for (const layer of ['0', '1', '2']) {
      await slider.fill(layer);
      await page.waitForTimeout(200);
      seen.set((await page.locator('#layer-words').textContent()) ?? '', await drawn(page, 'grid'));
    }
    expect([...seen.keys()]).toEqual([
      'Before any layer: latent space as it is.',
      'After layer 1 of 2; it moved points up and down only.',
      'After all 2 layers; the last one moved points left and right only.',
    ]);
    expect(new Set(seen.values()).size).toBe(3);
  });

  test('data and samples can be hidden', async () => {
    const page = await gallery.visit(planePath());
    await untilReady(page);
    const both = await drawn(page, 'samples');
    await page.getByLabel('data', { exact: true }).uncheck();
    await expect.poll(() => drawn(page, 'samples')).not.toBe(both);
  });

  test('the backend can be switched while it trains', async () => {
    const page = await gallery.visit(planePath());
    await untilReady(page);
    await page.getByRole('button', { name: 'Train' }).click();
    await untilSteps(page, 5);
    await page.getByLabel('Run on').selectOption('cpu');
    await expect.poll(() => reading(page, 'device')).toBe('Plain JavaScript');
    await untilSteps(page, 5);
    expect(page.url()).toContain('backend=cpu');
  });

  test('when the worker cannot be loaded the page says so, and starts again', async () => {
    let blocked = true;
    const page = await gallery.visit(planePath(), {
      expectErrors: true,
      prepare: (page) => page.route('**/worker-*.js', (route) => (blocked ? route.abort() : route.continue())),
    });
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('could not be loaded');
    blocked = false;
    await page.getByRole('button', { name: 'Start again' }).click();
    await untilReady(page);
    expect(await page.getByRole('alert').isVisible()).toBe(false);
  });
});

describe.skipIf(!hasChromium)('without a GPU', () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery([...chromiumFlags.filter((flag) => !/webgpu|vulkan/i.test(flag)), '--disable-gpu']);
  });
  afterAll(() => gallery?.close());

  test('it runs on WebAssembly, and says why', async () => {
    const page = await gallery.visit(planePath({ backend: 'webgpu' }));
    await untilReady(page);
    expect(await reading(page, 'device')).toBe('WebAssembly');
    expect(await page.locator('#device-words').textContent()).toMatch(
      /^Running on WebAssembly.*WebGPU cannot be used: ./,
    );
    expect((await stepThrough(page, 2)).every((loss) => Number.isFinite(Number(loss)))).toBe(true);
  });
});
