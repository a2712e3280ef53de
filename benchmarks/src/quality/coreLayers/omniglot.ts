import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { dataFolder } from '../dataFolder.ts';

/** A drawing, 105 by 105: 1 where there is ink, else 0. */
export type Drawing = Float32Array;

export const SIDE = 105;

const [background, runs] = ['omniglot_background_small1.zip', 'omniglot_all_runs.zip'].map((name) =>
  join(dataFolder, 'vision', name),
) as [string, string];

/** Whether Omniglot's files are here (Lake, Salakhutdinov, Tenenbaum 2015; github.com/brendenlake/omniglot). */
export const hasOmniglot = () => existsSync(background) && existsSync(runs);

/** The 5 alphabets of the small background set: of each the characters, of each character 20 drawings. */
export function readAlphabets(): Map<string, Drawing[][]> {
  const alphabets = new Map<string, Map<string, Drawing[]>>();
  for (const [path, bytes] of pictures(background)) {
    const [, alphabet = '', character = ''] = path.split('/');
    const characters = alphabets.get(alphabet) ?? new Map<string, Drawing[]>();
    characters.set(character, [...(characters.get(character) ?? []), inkOf(bytes)]);
    alphabets.set(alphabet, characters);
  }
  return new Map([...alphabets].map(([name, characters]) => [name, [...characters.values()]]));
}

/** A run of one-shot classification: 20 characters, one drawing of each, and 20 others to be told apart. */
export interface Run {
  training: Drawing[];
  test: Drawing[];
  /** Of each drawing of `test`, which of `training` is the same character. */
  answers: number[];
}

/** The 20 published runs of within-alphabet, 20-way one-shot classification. */
export function readRuns(): Run[] {
  const files = new Map(Object.entries(unzipSync(readFileSync(runs))));
  const labels = [...files.keys()].filter((path) => path.endsWith('class_labels.txt')).sort();
  return labels.map((path) => {
    const pairs = new TextDecoder()
      .decode(files.get(path))
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' ') as [string, string]);
    const classes = pairs.map(([, of]) => of).sort();
    const drawing = (name: string) => inkOf(files.get(name) as Uint8Array);
    return {
      training: classes.map(drawing),
      test: pairs.map(([item]) => drawing(item)),
      answers: pairs.map(([, of]) => classes.indexOf(of)),
    };
  });
}

/** The PNG files of an archive, by their paths, in order. */
function pictures(archive: string): [string, Uint8Array][] {
  const files = unzipSync(readFileSync(archive), { filter: ({ name }) => name.endsWith('.png') });
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Black ink on white paper, one bit a pixel. */
function inkOf(bytes: Uint8Array): Drawing {
  const { width, height, depth, data } = decode(bytes);
  if (width !== SIDE || height !== SIDE || depth !== 1) {
    throw new Error(`inkOf: a drawing must be ${SIDE} by ${SIDE} of 1 bit, got ${width} by ${height} of ${depth}`);
  }
  const stride = Math.ceil(SIDE / 8);
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [row, column] = [Math.floor(i / SIDE), i % SIDE];
    const byte = data[row * stride + (column >> 3)] as number;
    return (byte >> (7 - (column & 7))) & 1 ? 0 : 1;
  });
}

/** Drawings as small as MNIST's digits, [N, 28, 28, 1]: each pixel is the share of ink in 4 by 4. */
export function toImages(drawings: Drawing[]): tf.Tensor4D {
  const large = new Float32Array(drawings.length * SIDE * SIDE);
  drawings.forEach((drawing, i) => {
    large.set(drawing, i * SIDE * SIDE);
  });
  return tf.tidy(() => {
    const margins: [number, number] = [3, 4]; // 105 + 7 = 4 · 28
    const padded = tf.pad(tf.tensor4d(large, [drawings.length, SIDE, SIDE, 1]), [[0, 0], margins, margins, [0, 0]]);
    return tf.avgPool(padded as tf.Tensor4D, 4, 4, 'valid');
  });
}
