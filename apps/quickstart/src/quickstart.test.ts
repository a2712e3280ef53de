import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, expect, test, vi } from 'vitest';
import { quickstart, type Surroundings } from './quickstart.ts';
import { digitFolder, folderWith } from './testing/idx.ts';

afterEach(() => vi.restoreAllMocks());

/** A run that is over in seconds. */
async function run(options: { data?: string; signal?: AbortSignal } = {}) {
  const out = join(await folderWith(), 'new', 'folder');
  const lines: string[] = [];
  const surroundings: Surroundings = {
    command: 'npm run quickstart -- --data "<digits>"',
    say: (line) => void lines.push(line),
    limits: { planeSteps: 6, imageEpochs: 2 },
    ...(options.signal && { signal: options.signal }),
  };
  const data = options.data === undefined ? {} : { data: options.data };
  const path = await quickstart({ ...data, minutes: 10, seed: 3, out, backend: 'wasm' }, surroundings);
  expect(path).toBe(join(out, 'report.html'));
  return { lines, html: await readFile(path, 'utf8') };
}

const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

test('prints how each flow fares beside its floor, and writes a page that needs no other file', async () => {
  const tensors = tf.engine().state.numTensors;
  const { lines, html } = await run({ data: await digitFolder(150) });
  expect(lines).toEqual([
    'backend wasm, seed 3, 10 minutes at most',
    expect.stringMatching(
      /^twoMoons: NLL \d+\.\d{3} ± 0\.\d{3} nats held-out, exact floor 1\.\d{3} \(6 steps, \d+ s\)$/,
    ),
    expect.stringMatching(/^crescent: NLL \d+\.\d{3} ± 0\.\d{3} nats held-out, exact floor 1\.838 \(6 steps, \d+ s\)$/),
    'digits: 135 images to train on, 15 held out',
    expect.stringMatching(/^digits, epoch 1: \d\.\d{3} bits\/dim held-out$/),
    expect.stringMatching(/^digits, epoch 2: \d\.\d{3} bits\/dim held-out$/),
    expect.stringMatching(
      /^digits: \d\.\d{3} ± 0\.\d{3} bits\/dim held-out, NICE as published 4\.36 \(4 steps, \d+ s\)$/,
    ),
  ]);
  expect(tf.engine().state.numTensors).toBe(tensors);

  expect(html).toMatch(/^<!doctype html>/);
  for (const title of ['Tenon quickstart', 'Two moons', 'Crescent', 'Digits']) expect(html).toContain(`>${title}</h`);
  expect(html).toContain('npm run quickstart -- --data &quot;&lt;digits&gt;&quot;');
  expect(html).toContain('backend wasm · seed 3 · ');
  // Three panels and a loss curve for each plane, one curve for the digits; two heat maps each, light and dark.
  expect(count(html, /<svg/)).toBe(9);
  expect(count(html, /<image /)).toBe(4);
  expect(count(html, /<img /)).toBe(3);
  expect(count(html, 'NICE as published, 4.36')).toBe(1);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  const outside = [...html.matchAll(/(?:src|href)="(?!data:image\/png;base64,)([^"]*)"/g)].map(([, url]) => url);
  expect(outside).toEqual([]);
  expect(html).not.toContain('interrupted');
});

test('without data, the plane alone; the same seed gives the same page', async () => {
  const [first, again] = [await run(), await run()];
  expect(first.lines).toHaveLength(3);
  expect(first.html).not.toContain('>Digits</h2>');
  const timeless = (html: string) => html.replace(/\d+ s in all|<td>\d+<\/td><\/tr>/g, '');
  expect(timeless(again.html)).toBe(timeless(first.html));
});

test('an interrupted run still writes what it has', async () => {
  const controller = new AbortController();
  controller.abort();
  const { html, lines } = await run({ data: await digitFolder(20), signal: controller.signal });
  expect(html).toContain('interrupted');
  expect(lines).toHaveLength(1);

  const later = new AbortController();
  setTimeout(() => later.abort(), 0);
  expect((await run({ signal: later.signal })).html).toContain('interrupted');
});
