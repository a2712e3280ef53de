import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { onTestFinished } from 'vitest';
import { chromiumFlags, chromiumPath } from '../../../tools/chromium.ts';

/** Not the root: the built pages must work under any path. */
const BASE = '/some/where/';

/** Whether there is a Chromium; without one these tests are skipped, but never in CI. */
export const hasChromium = chromiumPath() !== undefined;
if (!hasChromium) {
  const words = 'e2e tests need Chromium: apt-get install -y chromium, or name one in CHROMIUM';
  if (process.env.CI) throw new Error(words);
  console.warn(`skipped: ${words}`);
}

/** The gallery as built, served, and a browser before it. */
export interface Gallery {
  /** Opens a page of it; errors in its console fail the test. */
  visit(path: string, options?: VisitOptions): Promise<Page>;
  close(): Promise<void>;
}

interface VisitOptions extends BrowserContextOptions {
  /** Before the page is loaded. */
  prepare?: (page: Page) => Promise<unknown>;
  /** Errors in the console that the test itself brings about. */
  expectErrors?: boolean;
}

/** @param flags - of Chromium. Default: WebGPU on a software adapter. */
export async function openGallery(flags: readonly string[] = chromiumFlags): Promise<Gallery> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'gallery-'));
  const common = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true } });
  const server = await preview({ ...common, base: BASE, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0];
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: [...flags] });

  return {
    visit: (path, options) => visit(browser, new URL(path, address).href, options),
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}

async function visit(browser: Browser, url: string, { prepare, expectErrors, ...options }: VisitOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  onTestFinished(async () => {
    await context.close();
    if (errors.length > 0 && !expectErrors) throw new Error(`the page's console has errors:\n${errors.join('\n')}`);
  });
  await prepare?.(page);
  await page.goto(url);
  return page;
}
