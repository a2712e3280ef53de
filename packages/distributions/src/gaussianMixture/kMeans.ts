import { createRandom } from '@tenonjs/runtime';

/** How often points are given to the nearest centre and centres moved to their points' mean, at most. */
const ROUNDS = 100;

/**
 * Which of K groups each point is in: centres by k-means++, moved by Lloyd's iteration until no point changes its group.
 *
 * The first centre is any point, each next one a point drawn with a probability in proportion to its squared distance
 * from the nearest centre so far.
 *
 * Reference: Arthur, Vassilvitskii, "k-means++: the advantages of careful seeding", 2007.
 *
 * @param points - rows of D numbers.
 * @param seed - an integer in [0, 2⁵³).
 */
export function kMeans(points: readonly Float64Array[], K: number, seed: number): Uint32Array {
  let centres = seedCentres(points, K, seed);
  const groups = new Uint32Array(points.length).fill(K);
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false;
    points.forEach((point, i) => {
      const nearest = nearestOf(point, centres).index;
      changed ||= nearest !== groups[i];
      groups[i] = nearest;
    });
    if (!changed) break;
    centres = centres.map((centre, k) => meanOf(points, groups, k) ?? centre);
  }
  return groups;
}

function seedCentres(points: readonly Float64Array[], K: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const centres = [points[random.integer(points.length)] as Float64Array];
  const nearest = points.map((point) => squaredDistance(point, centres[0] as Float64Array));
  while (centres.length < K) {
    const total = nearest.reduce((sum, value) => sum + value, 0);
    let left = random.uniform() * total;
    const found = nearest.findIndex((value) => {
      left -= value;
      return left < 0;
    });
    const next = points[found < 0 ? random.integer(points.length) : found] as Float64Array;
    centres.push(next);
    points.forEach((point, i) => {
      nearest[i] = Math.min(nearest[i] as number, squaredDistance(point, next));
    });
  }
  return centres;
}

function nearestOf(point: Float64Array, centres: readonly Float64Array[]): { index: number } {
  let [index, best] = [0, Number.POSITIVE_INFINITY];
  centres.forEach((centre, k) => {
    const distance = squaredDistance(point, centre);
    if (distance < best) [index, best] = [k, distance];
  });
  return { index };
}

/** Undefined for a group without points. */
function meanOf(points: readonly Float64Array[], groups: Uint32Array, k: number): Float64Array | undefined {
  const mine = points.filter((_, i) => groups[i] === k);
  if (mine.length === 0) return undefined;
  return (mine[0] as Float64Array).map(
    (_, d) => mine.reduce((sum, point) => sum + (point[d] as number), 0) / mine.length,
  );
}

const squaredDistance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, d) => sum + (value - (b[d] as number)) ** 2, 0);
