"""COCO's scores and masks by pycocotools 2.0, on small random images with crowds, ties and every size of object.

    python3 -m pip install pycocotools
    python3 tools/oracles/coco.py > tools/oracles/coco.json

The scores are averaged here from pycocotools' arrays: its own summary knows no other maxDets than its own.
"""

import contextlib
import copy
import io
import json

import numpy as np
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

DETECTION = {
    "AP": ("precision", None, "all", -1),
    "AP50": ("precision", 0, "all", -1),
    "AP75": ("precision", 5, "all", -1),
    "APsmall": ("precision", None, "small", -1),
    "APmedium": ("precision", None, "medium", -1),
    "APlarge": ("precision", None, "large", -1),
    "AR1": ("recall", None, "all", 0),
    "AR10": ("recall", None, "all", 1),
    "AR100": ("recall", None, "all", 2),
    "ARsmall": ("recall", None, "small", -1),
    "ARmedium": ("recall", None, "medium", -1),
    "ARlarge": ("recall", None, "large", -1),
}
KEYPOINTS = {
    "AP": ("precision", None, "all", -1),
    "AP50": ("precision", 0, "all", -1),
    "AP75": ("precision", 5, "all", -1),
    "APmedium": ("precision", None, "medium", -1),
    "APlarge": ("precision", None, "large", -1),
    "AR": ("recall", None, "all", -1),
    "AR50": ("recall", 0, "all", -1),
    "AR75": ("recall", 5, "all", -1),
    "ARmedium": ("recall", None, "medium", -1),
    "ARlarge": ("recall", None, "large", -1),
}
IMAGES, CATEGORIES = [3, 11, 7], [2, 9, 4]
HEIGHT, WIDTH = 130, 170

random = np.random.RandomState(7)


def rounded(values):
    return [round(float(value), 1) for value in values]


def box():
    size = np.exp(random.uniform(np.log(8), np.log(125), 2))
    return rounded([*(random.uniform(0, 1, 2) * ([WIDTH, HEIGHT] - size)), *size])


def shifted(bbox):
    x, y, w, h = np.array(bbox) + random.uniform(-0.15, 0.15, 4) * np.array([bbox[2], bbox[3]] * 2)
    return rounded([x, y, max(w, 1), max(h, 1)])


def polygon(bbox, corners):
    """A star with as many corners in the box, some of them beyond the image."""
    x, y, w, h = bbox
    angles = np.sort(random.uniform(0, 2 * np.pi, corners))
    radius = random.uniform(0.6, 1.1, corners) / 2
    return rounded(np.stack([x + w / 2 + w * radius * np.cos(angles), y + h / 2 + h * radius * np.sin(angles)], 1).ravel())


def pose(bbox, points, spread=0):
    x, y, w, h = bbox
    position = np.stack([x + w * (np.arange(points) * 0.618 % 1), y + h * (np.arange(points) * 0.414 % 1)])
    position += random.normal(0, spread or 1e-9, (2, points)) * np.sqrt(w * h)
    return position


def runs(polygons, compressed):
    rle = mask.merge(mask.frPyObjects(polygons, HEIGHT, WIDTH))
    if compressed:
        return {"size": rle["size"], "counts": rle["counts"].decode()}
    flat = mask.decode(rle).ravel(order="F")
    changes = np.flatnonzero(np.diff(flat)) + 1
    edges = [0, *([0] if flat[0] else []), *changes.tolist(), flat.size]
    return {"size": rle["size"], "counts": [b - a for a, b in zip(edges, edges[1:])]}


def truths(type, points):
    for i in range(26):
        bbox = box()
        one = {"id": i + 1, "image_id": IMAGES[i % 3], "category_id": CATEGORIES[int(i % 7 == 0)], "bbox": bbox}
        one["area"] = round(bbox[2] * bbox[3] * float(random.uniform(0.6, 1)), 1)
        one["iscrowd"] = int(i % 6 == 5)
        if type == "segm":
            polygons = [polygon(bbox, 5), *([polygon(shifted(bbox), 4)] if i % 4 == 1 else [])]
            one["segmentation"] = runs(polygons, i % 12 == 5) if one["iscrowd"] else polygons
        if type == "keypoints":
            visibility = random.randint(0, 3, points) * (i % 5 != 3)
            place = pose(bbox, points) * (visibility > 0)
            one["keypoints"] = [v for x, y, s in zip(*place, visibility) for v in (*rounded([x, y]), int(s))]
            one["num_keypoints"] = int((visibility > 0).sum())
        yield one


def detections(type, annotations, points):
    """Found where the truth is, more or less."""
    for i, truth in enumerate([*annotations, *annotations, *annotations[::2]]):
        if i % 9 == 8:
            truth = {**truth, "bbox": box()}
        bbox = shifted(truth["bbox"])
        one = {"image_id": truth["image_id"], "category_id": truth["category_id"] if i % 11 else CATEGORIES[2]}
        one["score"] = round(float(random.randint(1, 30)) / 30, 3)  # few, for ties
        if type == "bbox":
            one["bbox"] = bbox
        if type == "segm":
            polygons = [polygon(bbox, 6)] if not isinstance(truth["segmentation"], list) else truth["segmentation"]
            moved = [rounded(np.array(p) + random.uniform(-4, 4)) for p in polygons]
            one["segmentation"] = runs(moved, True)
        if type == "keypoints":
            x, y = pose(truth["bbox"], points, 10 ** random.uniform(-2.5, -0.8))
            one["keypoints"] = [v for pair in zip(x, y) for v in (*rounded(pair), 1)]
        yield one


def evaluate(case):
    truth, found = COCO(), copy.deepcopy(case["detections"])
    truth.dataset = copy.deepcopy(case["groundTruth"])
    truth.createIndex()
    evaluation = COCOeval(truth, truth.loadRes(found), case["type"])
    options = case["options"]
    if "maxDets" in options:
        evaluation.params.maxDets = options["maxDets"]
    if "keypointSigmas" in options:
        evaluation.params.kpt_oks_sigmas = np.array(options["keypointSigmas"])
    evaluation.evaluate()
    evaluation.accumulate()
    arrays, labels = evaluation.eval, evaluation.params.areaRngLbl

    def score(measure, threshold, area, most, k=slice(None)):
        values = arrays[measure][..., k, labels.index(area), most]
        values = values if threshold is None else values[threshold]
        values = values[values > -1]
        return float(np.mean(values)) if values.size else -1

    table = KEYPOINTS if case["type"] == "keypoints" else DETECTION
    by_class = [
        {"id": int(id), **{name: score(*what, k) for name, what in table.items()}}
        for k, id in enumerate(evaluation.params.catIds)
    ]
    return {**{name: score(*what) for name, what in table.items()}, "perClass": by_class}


def case(type, points=17, found=None, **options):
    annotations = list(truths(type, points))
    made = {
        "type": type,
        "options": options,
        "groundTruth": {
            "images": [{"id": id, "height": HEIGHT, "width": WIDTH} for id in IMAGES],
            "categories": [{"id": id, "name": f"class {id}"} for id in CATEGORIES],
            "annotations": annotations,
        },
        "detections": list(detections(found or type, annotations, points)),
    }
    with contextlib.redirect_stdout(io.StringIO()):
        return {**made, "expected": evaluate(made)}


def outlined(xy, height, width):
    rle = mask.frPyObjects([xy], height, width)[0]
    flat = mask.decode(rle).ravel(order="F")
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flat, [0]]))).tolist()
    return {"polygon": xy, "height": height, "width": width, "boundaries": edges}


print(
    json.dumps(
        {
            "cases": [
                case("bbox"),
                case("bbox", maxDets=[1, 2, 5]),
                case("segm"),
                case("segm", found="bbox"),
                case("keypoints"),
                case("keypoints", points=4, maxDets=[6], keypointSigmas=[0.05, 0.1, 0.02, 0.08]),
            ],
            "outlines": [
                outlined(rounded(random.uniform(-4, 24, 2 * corners)), 17, 21) for corners in (3, 3, 4, 4, 5, 6, 7, 9) * 5
            ],
        },
        separators=(",", ":"),
    )
)
