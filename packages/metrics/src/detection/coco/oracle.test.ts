import { describe, expect, test } from 'vitest';
import oracle from '../../../../../tools/oracles/coco.json';
import { cocoEvaluate } from './cocoEvaluate';
import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import type { CocoType } from './cocoScores';
import { outline } from './outline';

interface Case {
  type: CocoType;
  options: { maxDets?: number[]; keypointSigmas?: number[] };
  groundTruth: CocoGroundTruth;
  detections: CocoDetection[];
  expected: Record<string, number> & { perClass: Record<string, number>[] };
}

describe.each((oracle as unknown as { cases: Case[] }).cases)("pycocotools' scores of $type, $options", (one) => {
  const { type, options, groundTruth, detections, expected } = one;
  const found = cocoEvaluate({ type, ...options, groundTruth, detections });

  test('of all classes and of each', () => {
    const { perClass, ...scores } = found;
    expect(Object.keys({ ...scores, perClass })).toEqual(Object.keys(expected));
    for (const [name, score] of Object.entries(scores)) expect(score, name).toBeCloseTo(expected[name] as number, 12);
    expect(perClass.map(({ id, name }) => [id, name])).toEqual(expected.perClass.map(({ id }) => [id, `class ${id}`]));
    for (const [k, { name: _, ...ofClass }] of perClass.entries()) {
      for (const [name, score] of Object.entries(ofClass)) {
        expect(score, `${name} of ${ofClass.id}`).toBeCloseTo(expected.perClass[k]?.[name] as number, 12);
      }
    }
  });
});

test.each(oracle.outlines)("pycocotools' pixels of $polygon", ({ polygon, height, width, boundaries }) => {
  const inside = (edges: number[]) =>
    Array.from({ length: height * width }, (_, pixel) => edges.filter((edge) => edge <= pixel).length % 2);
  expect(inside(outline(polygon, height, width))).toEqual(inside(boundaries));
});
