import type { WasmBackend } from './wasmBackend';

/** Spread filters take four times the room of a filter: no more than this is kept. */
const MOST_BYTES = 2 ** 28;

interface Filter {
  inChannels: number;
  bytes: number;
  /** Where it lies spread; undefined until it is met a second time, since weights that are being trained are met once. */
  spread?: number;
}

interface Kept {
  /** By the address of the tensor's numbers. */
  filters: Map<number, Filter>;
  bytes: number;
}

const kept = new WeakMap<WasmBackend, Kept>();

/**
 * The spread form of a filter that is met again and was not overwritten meanwhile: kept until its tensor is disposed of.
 *
 * @param pointer - where the filter's numbers lie.
 * @param spread - writes the spread form to an address.
 * @returns its address; undefined for a filter that is new, or when too much is kept already.
 */
export function spreadOnce(
  backend: WasmBackend,
  pointer: number,
  { inChannels, bytes }: Pick<Filter, 'inChannels' | 'bytes'>,
  spread: (to: number) => void,
): number | undefined {
  const all = kept.get(backend) ?? keep(backend);
  const known = all.filters.get(pointer);
  if (known?.inChannels !== inChannels || known.bytes !== bytes) {
    forgetFilter(backend, pointer);
    all.filters.set(pointer, { inChannels, bytes });
    return undefined;
  }
  if (known.spread === undefined && all.bytes + bytes <= MOST_BYTES) {
    // A signed number beyond 2 GB; 0 when there is no room, and then it is done without.
    const to = backend.wasm._malloc(bytes) >>> 0;
    if (to === 0) return undefined;
    spread(to);
    known.spread = to;
    all.bytes += bytes;
  }
  return known.spread;
}

/** To be called when the numbers at an address are overwritten or freed. */
export function forgetFilter(backend: WasmBackend, pointer: number): void {
  const all = kept.get(backend);
  const known = all?.filters.get(pointer);
  if (!all || !known) return;
  all.filters.delete(pointer);
  if (known.spread === undefined) return;
  backend.wasm._free(known.spread);
  all.bytes -= known.bytes;
}

/** Begins to keep filters: from now on the backend forgets those whose tensors it disposes of. */
function keep(backend: WasmBackend): Kept {
  const all: Kept = { filters: new Map(), bytes: 0 };
  kept.set(backend, all);
  const disposeData = backend.disposeData.bind(backend);
  backend.disposeData = (dataId, force) => {
    const pointer = backend.dataIdMap.has(dataId) ? backend.dataIdMap.get(dataId).memoryOffset : undefined;
    const isGone = disposeData(dataId, force);
    if (isGone && pointer !== undefined) forgetFilter(backend, pointer);
    return isGone;
  };
  return all;
}
