import { type Drawing, type Run, SIDE } from './omniglot.ts';

/**
 * The baseline of Omniglot's one-shot task: each drawing is that of the nearest, by the modified Hausdorff distance
 *
 *     d(A, B) = max(mean over a of min over b |a − b|, mean over b of min over a |a − b|)
 *
 * between their inked pixels, each set moved to its own mean.
 *
 * Reference: Dubuisson, Jain, "A modified Hausdorff distance for object matching", 1994.
 *
 * @returns the share of drawings that were told wrongly.
 */
export function modifiedHausdorffError(runs: Run[]): number {
  let wrong = 0;
  for (const { training, test, answers } of runs) {
    const known = training.map(inkedPixels);
    test.forEach((drawing, i) => {
      const points = inkedPixels(drawing);
      const distances = known.map((other) => Math.max(oneWay(points, other), oneWay(other, points)));
      if (distances.indexOf(Math.min(...distances)) !== answers[i]) wrong++;
    });
  }
  return wrong / runs.reduce((sum, { test }) => sum + test.length, 0);
}

type Points = { rows: Float64Array; columns: Float64Array };

/** Where there is ink, moved to its mean. */
function inkedPixels(drawing: Drawing): Points {
  const at = [...drawing.keys()].filter((i) => drawing[i] === 1);
  const centred = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Float64Array.from(values, (value) => value - mean);
  };
  return { rows: centred(at.map((i) => Math.floor(i / SIDE))), columns: centred(at.map((i) => i % SIDE)) };
}

/** How far points of one set are from the nearest of the other, on average. */
function oneWay(from: Points, to: Points): number {
  let sum = 0;
  for (let i = 0; i < from.rows.length; i++) {
    let nearest = Infinity;
    for (let j = 0; j < to.rows.length; j++) {
      const y = (from.rows[i] as number) - (to.rows[j] as number);
      const x = (from.columns[i] as number) - (to.columns[j] as number);
      nearest = Math.min(nearest, y * y + x * x);
    }
    sum += Math.sqrt(nearest);
  }
  return sum / from.rows.length;
}
