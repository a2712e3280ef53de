import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cocoEvaluate } from './cocoEvaluate';
import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import { JsonItem } from './jsonItem';
import { masks } from './masks';
import { StreamingCoco } from './streamingCoco';

/** The real data stand beside the project, or where TENON_DATA says. */
const data = process.env.TENON_DATA ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const [truthFile, foundFile, resultFile] = [
  'instances_val2014_100.json',
  'instances_val2014_fakebbox100_results.json',
  'val2014_fake_eval_res.txt',
].map((name) => join(data, 'detection', name)) as [string, string, string];
const present = [truthFile, foundFile, resultFile].every((file) => existsSync(file));
if (!present) console.warn(`skipped: tests on 100 images of COCO, for want of its files in ${join(data, 'detection')}`);

describe.skipIf(!present)('100 images of COCO', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
  const groundTruth: CocoGroundTruth = present && read(truthFile);
  const detections: CocoDetection[] = present && read(foundFile);

  test('the twelve numbers that COCO published', () => {
    const { perClass, ...scores } = cocoEvaluate({ groundTruth, detections, type: 'bbox' });
    const published = (readFileSync(resultFile, 'utf8').split('type=bbox')[1] as string).matchAll(/\] = (-?[\d.]+)/g);
    expect(Object.values(scores).map((score) => score.toFixed(3))).toEqual(
      [...published].slice(0, 12).map((m) => m[1]),
    );
    expect(scores.AP.toFixed(10)).toBe('0.5045806987');
    expect(perClass).toHaveLength(80);
  });

  test('the same a few images at a time, in another order, and merged', () => {
    const shards = [0, 1].map(() => new StreamingCoco({ type: 'bbox' }));
    for (const [i, image] of [...groundTruth.images].reverse().entries()) {
      const ofImage = ({ image_id }: { image_id: number }) => image_id === image.id;
      const annotations = groundTruth.annotations.filter(ofImage);
      const batch = { ...groundTruth, images: [image], annotations };
      shards[i % 2]?.update({ groundTruth: batch, detections: detections.filter(ofImage) });
    }
    const [one, other] = shards as [StreamingCoco<'bbox'>, StreamingCoco<'bbox'>];
    expect(one.merge(other).compute()).toEqual(cocoEvaluate({ groundTruth, detections, type: 'bbox' }));
  });

  test("pycocotools' masks: the same number of pixels in every one, and the same scores of the boxes against them", () => {
    const areas = groundTruth.annotations.map((annotation) => {
      const image = groundTruth.images.find(({ id }) => id === annotation.image_id);
      const [item, of] = [annotation, image].map((value) => new JsonItem('test', 'annotations[0]', value));
      return masks.truth(item as JsonItem, of as JsonItem).area;
    });
    expect(areas.reduce((sum, area) => sum + area)).toBe(9_144_836);
    expect(areas.reduce((sum, area, i) => sum + i * area, 0)).toBe(3_801_267_819);
    const { perClass: _, ...scores } = cocoEvaluate({ groundTruth, detections, type: 'segm' });
    const expected = [
      0.13216871724940724, 0.3488394479598221, 0.0745055408332098, 0.16749221647165125, 0.11125941873876223,
      0.16918904731162443, 0.12508702602523036, 0.18018078559064407, 0.18123499804485652, 0.19562762244975038,
      0.1330406911928651, 0.21853276353276355,
    ];
    for (const [i, score] of Object.values(scores).entries()) expect(score).toBeCloseTo(expected[i] as number, 12);
  });
});
