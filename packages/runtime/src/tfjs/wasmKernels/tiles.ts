import { type Kernel, replaceKernel } from './replaceKernel';
import type { Value } from './wasmBackend';

interface Tile {
  reps: number[];
}

/** A tensor repeated as a whole: batch norm's gradient repeats its scales for every pixel, number by number here. */
export function quickenTiles(): void {
  replaceKernel<Tile>(
    'Tile',
    (tile): Kernel<Tile> =>
      (call) => {
        const { backend, attrs } = call;
        const { x } = call.inputs as { x: Value };
        // Repeated along axes of one number that come first, the whole lies there again and again.
        const first = x.shape.findIndex((size) => size !== 1);
        const leading = first < 0 ? x.shape.length : first;
        const isWhole = attrs.reps.length === x.shape.length && attrs.reps.slice(leading).every((times) => times === 1);
        if (!isWhole || x.dtype !== 'float32' || attrs.reps.includes(0)) return tile(call);

        const made = backend.makeOutput(
          x.shape.map((size, axis) => size * (attrs.reps[axis] as number)),
          'float32',
        );
        const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(made)];
        if (from.length === 1) to.fill(from[0] as number);
        else if (from.length > 0) {
          to.set(from);
          for (let done = from.length; done < to.length; done *= 2) {
            to.copyWithin(done, 0, Math.min(done, to.length - done));
          }
        }
        return made;
      },
  );
}
