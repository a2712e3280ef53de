import type { Page } from 'playwright';
import { defaults, type Settings, writing } from '../src/flows-in-the-plane/settings';

/** A model so small that a software GPU trains it in a few seconds. */
const small: Settings = {
  target: 'crescent',
  drawing: defaults.drawing,
  flow: 'realNvp',
  depth: 2,
  width: 8,
  learningRate: 0.03,
  batchSize: 64,
  seed: 1,
  backend: 'wasm',
};

/** The address of the page with these settings. */
export const planePath = (settings: Partial<Settings> = {}) =>
  `flows-in-the-plane/index.html?${writing.toQuery({ ...small, ...settings })}`;

/** One of the figures on the page, as it is written. */
export async function reading(page: Page, id: 'steps' | 'loss' | 'floor' | 'gap' | 'rate' | 'device'): Promise<string> {
  return (await page.locator(`#${id}`).textContent()) ?? '';
}

export const stepsTaken = async (page: Page) => Number((await reading(page, 'steps')).replace(/\D/g, ''));

/** Waits until the untrained flow is drawn. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('#run:enabled').waitFor();
  await page.locator('#pictures[aria-busy=false]').waitFor();
}

/** Waits until so many steps are taken; an error that the page shows ends the wait. */
export async function untilSteps(page: Page, steps: number): Promise<void> {
  const complaint = await page.waitForFunction(
    (least) => {
      const notice = document.getElementById('notice');
      if (notice?.hidden === false) return notice.textContent;
      return Number(document.getElementById('steps')?.textContent?.replace(/\D/g, '')) >= least;
    },
    steps,
    { timeout: 150_000 },
  );
  const words = await complaint.jsonValue();
  if (words !== true) throw new Error(`the page says: ${words}`);
}

/** Takes single steps, and reads the loss after each. */
export async function stepThrough(page: Page, count: number): Promise<string[]> {
  const losses: string[] = [];
  const before = await stepsTaken(page);
  for (let step = 1; step <= count; step++) {
    await page.getByRole('button', { name: 'Step' }).click();
    await untilSteps(page, before + step);
    losses.push(await reading(page, 'loss'));
  }
  return losses;
}

/** What a canvas shows, to be compared. */
export const drawn = (page: Page, id: string) =>
  page.locator(`#${id}`).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
