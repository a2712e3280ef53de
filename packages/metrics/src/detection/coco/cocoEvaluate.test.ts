import { expect, test } from 'vitest';
import { cocoEvaluate } from './cocoEvaluate';
import type { CocoAnnotation, CocoDetection, CocoSegmentation } from './cocoJson';
import type { CocoOptions } from './cocoOptions';
import type { CocoType } from './cocoScores';
import { StreamingCoco } from './streamingCoco';

const IMAGES = [1, 2].map((id) => ({ id, height: 100, width: 100 }));
const CATEGORIES = [{ id: 1, name: 'cat' }];
/** [x, y, width, height] of an object, with its area, unless another is said, that of the box. */
const truth = (bbox: number[], rest: Partial<CocoAnnotation> = {}): CocoAnnotation => ({
  image_id: 1,
  category_id: 1,
  bbox,
  area: (bbox[2] as number) * (bbox[3] as number),
  ...rest,
});
const found = (bbox: number[], score: number, rest: Partial<CocoDetection> = {}): CocoDetection => ({
  image_id: 1,
  category_id: 1,
  bbox,
  score,
  ...rest,
});
const evaluate = (
  annotations: CocoAnnotation[],
  detections: CocoDetection[],
  options: Partial<CocoOptions<'bbox' | 'segm'>> = {},
) =>
  cocoEvaluate({
    groundTruth: { images: IMAGES, categories: CATEGORIES, annotations },
    detections,
    type: 'bbox',
    ...options,
  });

const A = [0, 0, 10, 10];
const B = [50, 50, 10, 10];

test('all found: one, and −1 for sizes that are not there', () => {
  const scores = evaluate([truth(A), truth(B)], [found(A, 0.9), found(B, 0.8)]);
  expect(scores).toMatchObject({ AP: 1, AP50: 1, AP75: 1, APsmall: 1, AR10: 1, AR100: 1, ARsmall: 1 });
  expect(scores).toMatchObject({ AR1: 0.5, APmedium: -1, APlarge: -1, ARmedium: -1, ARlarge: -1 });
  expect(scores.perClass).toMatchObject([{ id: 1, name: 'cat', AR1: 0.5, APlarge: -1 }]);
});

test('nothing found, or nothing there', () => {
  expect(evaluate([truth(A)], [])).toMatchObject({ AP: 0, AR100: 0 });
  expect(evaluate([], [found(A, 0.9)])).toMatchObject({ AP: -1, AR100: -1 });
});

test('the overlap must reach the threshold: 0.6 serves for 0.50, 0.55 and 0.60', () => {
  const scores = evaluate([truth(A)], [found([0, 0, 10, 6], 0.9)]);
  expect(scores.AR100).toBeCloseTo(0.3, 14);
  expect(scores).toMatchObject({ AP75: 0, AP50: expect.closeTo(1, 14) });
});

test('precision is the best at a recall or a higher one: a miss between two hits', () => {
  const scores = evaluate([truth(A), truth(B)], [found(A, 0.9), found([80, 0, 9, 9], 0.8), found(B, 0.7)]);
  // Recalls 0 to 0.50 at precision 1, 51 of them; 0.51 to 1 at 2/3.
  expect(scores.AP).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 14);
});

test('an object is found once: the second detection of it is a miss', () => {
  const scores = evaluate([truth(A), truth(B)], [found(A, 0.9), found(A, 0.8), found(B, 0.7)]);
  expect(scores.AP).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 14);
});

test('a tie goes by the order in which they are given, and of images', () => {
  expect(evaluate([truth(A)], [found(B, 0.5), found(A, 0.5)]).AP).toBeCloseTo(0.5, 14);
  expect(evaluate([truth(A)], [found(A, 0.5), found(B, 0.5)]).AP).toBeCloseTo(1, 14);
  expect(evaluate([truth(A)], [found(B, 0.5, { image_id: 2 }), found(A, 0.5)]).AP).toBeCloseTo(1, 14);
});

test('a crowd takes any number, over their own area, and counts neither way', () => {
  const crowd = truth([0, 0, 60, 60], { iscrowd: 1 });
  const inside = [found([5, 5, 10, 10], 0.9), found([25, 25, 10, 10], 0.8), found([45, 45, 10, 10], 0.7)];
  expect(evaluate([truth([70, 70, 20, 20]), crowd], [...inside, found([70, 70, 20, 20], 0.1)]).AP).toBeCloseTo(1, 14);
  expect(evaluate([crowd], inside).AP).toBe(-1);
});

test('an object that counts is preferred to a crowd that is overlapped more', () => {
  const scores = evaluate([truth([0, 0, 60, 60], { iscrowd: 1 }), truth([0, 0, 10, 14])], [found(A, 0.9)]);
  expect(scores.AR100).toBeCloseTo(0.5, 14); // 100 / 140 = 0.714 serves for 0.50 to 0.70
});

test('by size: a detection outside that finds nothing is ignored, one that finds an object counts', () => {
  const [small, medium] = [truth([0, 0, 32, 31]), truth([50, 0, 32, 33])];
  const detections = [found([0, 50, 40, 40], 0.9), found([0, 0, 33, 33], 0.8), found([50, 0, 32, 33], 0.7)];
  const scores = evaluate([small, medium], detections);
  expect(scores.APsmall).toBeCloseTo(0.9, 14); // 992 / 1089 = 0.911; the miss of 40 × 40 does not count
  // Here it does; and at 0.95 so does that of 33 × 33, which finds nothing then.
  expect(scores.APmedium).toBeCloseTo((9 / 2 + 1 / 3) / 10, 14);
  expect(evaluate([truth([0, 0, 32, 32])], [])).toMatchObject({ APsmall: 0, APmedium: 0, APlarge: -1 });
});

test('maxDets: others than 100 average as well', () => {
  const options = { maxDets: [1, 2, 3] };
  expect(evaluate([truth(A), truth(B)], [found(A, 0.9), found(B, 0.8)], options)).toMatchObject({ AR1: 0.5, AR100: 1 });
  const misses = [1, 2, 3].map(() => found([80, 80, 9, 9], 0.95));
  expect(evaluate([truth(A)], [...misses, found(A, 0.9)], options).AP).toBe(0);
});

test('detections of a class that is not listed are passed over', () => {
  expect(evaluate([truth(A)], [found(A, 0.5), found(B, 0.9, { category_id: 7 })]).AP).toBeCloseTo(1, 14);
});

test('masks: polygons, runs and compressed runs of the same pixels', () => {
  const square = [10, 20, 30, 20, 30, 60, 10, 60];
  // Columns 10 to 29, rows 20 to 59 of 100 rows.
  const counts = [1020, ...Array.from({ length: 39 }, (_, i) => (i % 2 ? 60 : 40)), 7040];
  const compressed = { size: [100, 100], counts: 'lo0X1l10000000000000000000000000000000000000Tj6' };
  const forms: CocoSegmentation[] = [[square], { size: [100, 100], counts }, compressed];
  for (const segmentation of forms) {
    for (const other of forms) {
      const annotation = truth([10, 20, 20, 40], { segmentation });
      const scores = evaluate([annotation], [found([], 0.9, { bbox: undefined, segmentation: other })], {
        type: 'segm',
      });
      expect(scores).toMatchObject({ AP: expect.closeTo(1, 14), APsmall: expect.closeTo(1, 14), APmedium: -1 });
    }
  }
  const halves = [
    [10, 20, 20, 20, 20, 60, 10, 60],
    [15, 20, 30, 20, 30, 60, 15, 60],
  ];
  expect(
    evaluate([truth([10, 20, 20, 40], { segmentation: halves })], [found([10, 20, 20, 40], 1)], { type: 'segm' }).AP,
  ).toBeCloseTo(1, 14);
});

test('poses: the similarity of keypoints by hand', () => {
  const keypoints = [10, 10, 2, 40, 10, 1, 0, 0, 0];
  const annotation = { ...truth(A), area: 100, keypoints, num_keypoints: 2 };
  const pose = (dx: number) => found(A, 0.9, { keypoints: [10 + dx, 10, 1, 40, 10 + dx, 1, 99, 99, 1] });
  // exp(−d² / (2 (2σ)² area)) = 0.72 at d = √(−2 · 0.04 · 100 · ln 0.72), with σ = 0.1.
  const distance = (similarity: number) => Math.sqrt(-8 * Math.log(similarity));
  const evaluatePose = (annotations: CocoAnnotation[], detections: CocoDetection[]) =>
    cocoEvaluate({
      groundTruth: { images: IMAGES, categories: CATEGORIES, annotations },
      detections,
      type: 'keypoints',
      keypointSigmas: [0.1, 0.1, 0.1],
    });
  const scores = evaluatePose([annotation], [pose(distance(0.72))]);
  expect(scores).toMatchObject({ AR: 0.5, AR50: 1, AR75: 0, APmedium: -1, APlarge: -1 });
  // No keypoint labelled: ignored, and detections inside twice its box with it.
  const empty = { ...truth([0, 0, 50, 50]), keypoints: [0, 0, 0, 0, 0, 0, 0, 0, 0], num_keypoints: 0 };
  const near = found(A, 1, { keypoints: [90, 90, 1, 80, 70, 1, 99, 99, 1] });
  expect(evaluatePose([{ ...annotation, image_id: 2 }, empty], [{ ...pose(0), image_id: 2 }, near]).AP50).toBeCloseTo(
    1,
  );
  expect(evaluatePose([empty], [near]).AP).toBe(-1);
  // An object without area is found by what lies upon it alone.
  expect(evaluatePose([{ ...annotation, area: 0 }], [pose(0.01)]).AR).toBe(0);
  expect(evaluatePose([{ ...annotation, area: 0 }], [pose(0)]).AR).toBe(1);
});

const broken: [string, CocoType, object, string][] = [
  ['no images', 'bbox', { groundTruth: {} }, 'groundTruth.images must be an array, got undefined'],
  ['no results', 'bbox', { detections: {} }, 'detections must be an array, got an object'],
  ['null', 'bbox', { detections: [null] }, 'detections[0] must be an object, got null'],
  ['score', 'bbox', { detections: [found(A, Number.NaN)] }, 'detections[0].score must be finite, got NaN'],
  [
    'image',
    'bbox',
    { detections: [found(A, 1, { image_id: 5 })] },
    "image_id must be one of groundTruth's images, got 5",
  ],
  ['box', 'bbox', { detections: [found([1, 2, 3], 1)] }, 'detections[0].bbox must have 4 elements, got 3'],
  ['side', 'bbox', { detections: [found([1, 2, -3, 4], 1)] }, 'detections[0].bbox[2] must be at least 0, got -3'],
  ['text', 'bbox', { detections: [{ ...found(A, 1), bbox: [0, 0, '1', 1] }] }, "bbox[2] must be a number, got '1'"],
  ['no mask', 'segm', { detections: [{ ...found(A, 1), bbox: null }] }, 'segmentation must be polygons or run lengths'],
  [
    'line',
    'segm',
    { detections: [found(A, 1, { segmentation: [[1, 2, 3, 4]] })] },
    'segmentation[0] must be x and y of three',
  ],
  ['none', 'segm', { detections: [found(A, 1, { segmentation: [] })] }, 'segmentation must be at least one polygon'],
  [
    'size',
    'segm',
    { detections: [found(A, 1, { segmentation: { size: [2, 2], counts: '' } })] },
    'size must be [100, 100]',
  ],
  [
    'runs',
    'segm',
    { detections: [found(A, 1, { segmentation: { size: [100, 100], counts: [5, 6] } })] },
    'detections[0].segmentation.counts must be runs of 10000 pixels together, got 11',
  ],
  [
    'characters',
    'segm',
    { detections: [found(A, 1, { segmentation: { size: [100, 100], counts: '0~' } })] },
    "segmentation.counts[1] must be a character from 0 to o, got '~'",
  ],
  [
    'cut',
    'segm',
    { detections: [found(A, 1, { segmentation: { size: [100, 100], counts: 'lo' } })] },
    'segmentation.counts must be whole',
  ],
  [
    'points',
    'keypoints',
    { detections: [found(A, 1, { keypoints: [1, 2, 3] })] },
    'keypoints must have 51 elements, got 3',
  ],
  ['sigma', 'keypoints', { keypointSigmas: [0.1, 0] }, 'keypointSigmas must be positive, got 0'],
  ['type', 'box' as CocoType, {}, "type must be 'bbox', 'segm', 'keypoints', got 'box'"],
  ['maxDets', 'bbox', { maxDets: [100] }, 'maxDets must have 3 elements, got 1'],
  ['order', 'bbox', { maxDets: [1, 10, 10] }, 'maxDets[2] must be a whole number of at least 11, got 10'],
];

test.each(broken)('what is malformed is named: %s', (_, type, options, message) => {
  const groundTruth = { images: IMAGES, categories: CATEGORIES, annotations: [] };
  expect(() => cocoEvaluate({ type, groundTruth, detections: [], ...options })).toThrow(`cocoEvaluate: `);
  expect(() => cocoEvaluate({ type, groundTruth, detections: [], ...options })).toThrow(message);
});

test('malformed ground truth is named', () => {
  const wrong = (annotation: object) => () => evaluate([{ ...truth(A), ...annotation }], []);
  expect(wrong({ category_id: 3 })).toThrow(
    'groundTruth.annotations[0].category_id must be one of the categories, got 3',
  );
  expect(wrong({ area: undefined })).toThrow('groundTruth.annotations[0].area must be a number, got undefined');
  expect(wrong({ image_id: 1.5 })).toThrow('groundTruth.annotations[0].image_id must be an integer, got 1.5');
  expect(wrong({ iscrowd: true })).toThrow(TypeError);
  expect(wrong({ area: -1 })).toThrow(RangeError);
  const groundTruth = { images: [{ id: 1 }, { id: 1 }], categories: [], annotations: [] };
  expect(() => cocoEvaluate({ groundTruth, detections: [], type: 'bbox' })).toThrow('images[1].id must be unlike');
});

test('a stream refuses what it has seen and what is measured otherwise, and forgets', () => {
  const batch = {
    groundTruth: { images: IMAGES, categories: CATEGORIES, annotations: [truth(A)] },
    detections: [found(A, 0.9)],
  };
  const stream = new StreamingCoco({ type: 'bbox' }).update(batch);
  expect(() => stream.update(batch)).toThrow('StreamingCoco.update: images must be new, got 1 again');
  expect(() => stream.merge(stream)).toThrow('StreamingCoco.merge: images must be new');
  const fewer = new StreamingCoco({ type: 'bbox', maxDets: [1, 2, 3] });
  expect(() => stream.merge(fewer)).toThrow('StreamingCoco.merge: options must be');
  expect(stream.compute().AP).toBeCloseTo(1, 14);
  expect(stream.reset().compute().perClass).toEqual([]);
  expect(stream.update(batch).compute().AR100).toBe(1);
});

test('nothing that is passed in is changed', () => {
  const detections = [found(A, 0.1), found(B, 0.9)];
  const groundTruth = { images: IMAGES, categories: CATEGORIES, annotations: [truth(A)] };
  const before = JSON.stringify({ groundTruth, detections });
  cocoEvaluate({ groundTruth, detections, type: 'segm' });
  expect(JSON.stringify({ groundTruth, detections })).toBe(before);
});
