import type { CocoDetection, CocoGroundTruth } from './cocoJson';
import { itemsOf, type JsonItem } from './jsonItem';

/** An annotation or a detection, with what its ids refer to. */
export interface Placed {
  item: JsonItem;
  image: JsonItem;
  imageId: number;
  category: number;
}

/** Ground truth and detections with their references resolved. */
export interface Opened {
  images: Map<number, JsonItem>;
  categories: Map<number, { id: number; name: string }>;
  annotations: Placed[];
  /** Those of a listed category. */
  detections: Placed[];
}

/**
 * Resolves the ids in parsed COCO JSON.
 *
 * @throws TypeError or RangeError that names the first id that is not one, is there twice, or refers to nothing. Only a
 * detection's category need not be listed: it is left out then.
 */
export function open(caller: string, groundTruth: CocoGroundTruth, detections: readonly CocoDetection[]): Opened {
  const list = (name: keyof CocoGroundTruth) => itemsOf(caller, `groundTruth.${name}`, groundTruth?.[name]);
  const images = byId(list('images'));
  const categories = byId(list('categories'));
  const place = (item: JsonItem): Placed => {
    const imageId = item.integer('image_id');
    const image = images.get(imageId) ?? item.fail(RangeError, '.image_id', "one of groundTruth's images", imageId);
    return { item, image, imageId, category: item.integer('category_id') };
  };
  const annotations = list('annotations').map(place);
  for (const { item, category } of annotations) {
    if (!categories.has(category)) item.fail(RangeError, '.category_id', 'one of the categories', category);
  }
  const named = [...categories].map(([id, item]) => [id, { id, name: String(item.get('name') ?? id) }] as const);
  return {
    images,
    categories: new Map(named),
    annotations,
    detections: itemsOf(caller, 'detections', detections)
      .map(place)
      .filter(({ category }) => categories.has(category)),
  };
}

function byId(items: JsonItem[]): Map<number, JsonItem> {
  const map = new Map<number, JsonItem>();
  for (const item of items) {
    const id = item.integer('id');
    if (map.has(id)) item.fail(RangeError, '.id', 'unlike those before it', id);
    map.set(id, item);
  }
  return map;
}
