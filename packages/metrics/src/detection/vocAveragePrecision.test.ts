import { expect, test } from 'vitest';
import { type VocOptions, vocAveragePrecision } from './vocAveragePrecision';

/** Objects and detections of one class, or of more: boxes [x, y, width, height] with an image, a class, a score. */
type Boxes = { at: number[]; image?: number; category?: number; score?: number; ignore?: number; iscrowd?: number }[];
const fields = (boxes: Boxes) =>
  boxes.map(({ at, image = 1, category = 1, score = 1, ...rest }) => {
    return { image_id: image, category_id: category, bbox: at, score, ...rest };
  });
const evaluate = (annotations: Boxes, detections: Boxes, options: Partial<VocOptions> = {}) =>
  vocAveragePrecision({
    groundTruth: {
      images: [{ id: 1 }, { id: 2 }],
      categories: [{ id: 1, name: 'cat' }, { id: 2 }],
      annotations: fields(annotations),
    },
    detections: fields(detections),
    ...options,
  });

const A = [0, 0, 10, 10];
const B = [50, 50, 10, 10];
const NOWHERE = [80, 80, 9, 9];

test('a miss between two hits: the area, and the mean at eleven recalls', () => {
  const detections = [
    { at: A, score: 0.9 },
    { at: NOWHERE, score: 0.8 },
    { at: B, score: 0.7 },
  ];
  const truths = [{ at: A }, { at: B }];
  // Precision 1 up to recall 1/2, the best of 1/2 and 2/3 from there to 1.
  expect(evaluate(truths, detections).AP).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 14);
  expect(evaluate(truths, detections, { points: 11 }).AP).toBeCloseTo((6 + 5 * (2 / 3)) / 11, 14);
  expect(evaluate(truths, detections).perClass).toEqual([
    { id: 1, name: 'cat', AP: expect.closeTo(5 / 6, 14) },
    { id: 2, name: '2', AP: -1 },
  ]);
});

test('three of ten found: a recall of 0.3 is reached', () => {
  const truths = Array.from({ length: 10 }, (_, i) => ({ at: [20 * i, 0, 10, 10] }));
  const detections = truths.slice(0, 3);
  expect(evaluate(truths, detections).AP).toBeCloseTo(0.3, 14);
  expect(evaluate(truths, detections, { points: 11 }).AP).toBeCloseTo(4 / 11, 14);
});

test('found twice: the second is a miss, though another object is near enough', () => {
  const detections = [
    { at: A, score: 0.9 },
    { at: A, score: 0.8 },
  ];
  expect(evaluate([{ at: A }, { at: [0, 0, 10, 6] }], detections).AP).toBeCloseTo(0.5, 14);
});

test('the overlap must reach the threshold, and may just reach it', () => {
  const half = [{ at: [0, 0, 10, 5] }];
  expect(evaluate([{ at: A }], half).AP).toBe(1);
  expect(evaluate([{ at: A }], half, { iouThreshold: 0.51 }).AP).toBe(0);
});

test('what is difficult counts neither way, however often it is found', () => {
  const detections = [
    { at: B, score: 0.9 },
    { at: B, score: 0.8 },
    { at: A, score: 0.7 },
  ];
  for (const mark of [{ ignore: 1 }, { iscrowd: 1 }]) {
    expect(evaluate([{ at: A }, { at: B, ...mark }], detections).AP).toBe(1);
    expect(evaluate([{ at: B, ...mark }], detections).AP).toBe(-1);
  }
  expect(evaluate([{ at: A }, { at: B, ignore: 0 }], [{ at: A }]).AP).toBeCloseTo(0.5, 14);
});

test('images and classes are kept apart; the mean is over the classes', () => {
  const truths = [{ at: A }, { at: A, category: 2 }];
  expect(evaluate(truths, [{ at: A, image: 2 }]).AP).toBe(0);
  expect(evaluate(truths, [{ at: A, category: 2 }]).AP).toBe(0.5);
  expect(evaluate(truths, []).AP).toBe(0);
});

test('what is malformed is named', () => {
  const groundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [] };
  const wrong = (options: object) => () => vocAveragePrecision({ groundTruth, detections: [], ...options });
  expect(wrong({ points: 10 })).toThrow("vocAveragePrecision: points must be 11, 'every', got 10");
  expect(wrong({ iouThreshold: 0 })).toThrow('vocAveragePrecision: iouThreshold must be in (0, 1], got 0');
  expect(wrong({ detections: fields([{ at: [1, 2] }]) })).toThrow('detections[0].bbox must have 4 elements, got 2');
  expect(wrong({ detections: fields([{ at: A, image: 7 }]) })).toThrow('detections[0].image_id must be one of');
  expect(() => evaluate([{ at: A, category: 9 }], [])).toThrow('annotations[0].category_id must be one of');
});
