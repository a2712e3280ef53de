// Picks the real digits that the pages show, four of each kind, from the held-out images of MNIST: digits.idx beside this file.
//
//     pnpm pick-digits [folder of MNIST]        after the packages are built
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIdx } from '@tenonjs/datasets';
import { EACH, KINDS, SIDE } from './shape.ts';
import { HELD_OUT, mnistFolder } from './trainOnMnist.ts';

const images = (await readIdx(join(mnistFolder, 't10k-images-idx3-ubyte.gz'))).data as Uint8Array;
const labels = (await readIdx(join(mnistFolder, 't10k-labels-idx1-ubyte.gz'))).data as Uint8Array;

const first = labels.length - HELD_OUT;
const places = Array.from({ length: KINDS }, (_, kind) =>
  [...labels.keys()].filter((i) => i >= first && labels[i] === kind).slice(0, EACH),
).flat();
const header = new DataView(new ArrayBuffer(16));
for (const [i, word] of [0x0803, places.length, SIDE, SIDE].entries()) header.setUint32(4 * i, word);
const pixels = places.flatMap((i) => [...images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)]);
writeFileSync(new URL('./digits.idx', import.meta.url), Uint8Array.from([...new Uint8Array(header.buffer), ...pixels]));
