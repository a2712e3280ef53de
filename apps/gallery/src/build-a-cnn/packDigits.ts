// Packs the digits that the page trains on: 200 of each kind from MNIST's test images, in sixteen shades, one kind after
// another, into handwriting.idx.gz beside this file. None is among those held out, of which src/digits has some.
//
//     pnpm pack-digits [folder of MNIST]        after the packages are built
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readIdx } from '@tenonjs/datasets';
import { KINDS, PIXELS, SIDE } from '../digits/shape.ts';
import { HELD_OUT, mnistFolder } from '../digits/trainOnMnist.ts';
import { EACH, SHADES } from './handwriting.ts';

const images = (await readIdx(join(mnistFolder, 't10k-images-idx3-ubyte.gz'))).data as Uint8Array;
const labels = (await readIdx(join(mnistFolder, 't10k-labels-idx1-ubyte.gz'))).data as Uint8Array;

const places = Array.from({ length: KINDS }, (_, kind) =>
  [...labels.keys()].filter((i) => i < labels.length - HELD_OUT && labels[i] === kind).slice(0, EACH),
).flat();
const header = new DataView(new ArrayBuffer(16));
for (const [i, word] of [0x0803, places.length, SIDE, SIDE].entries()) header.setUint32(4 * i, word);
const pixels = places.flatMap((i) => [...images.subarray(i * PIXELS, (i + 1) * PIXELS)]);
const shades = pixels.map((level) => Math.round((level / 255) * (SHADES - 1)));
const bytes = Uint8Array.from([...new Uint8Array(header.buffer), ...shades]);
writeFileSync(new URL('./handwriting.idx.gz', import.meta.url), gzipSync(bytes, { level: 9 }));
