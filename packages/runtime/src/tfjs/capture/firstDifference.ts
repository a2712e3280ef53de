import { lineOf } from './callerLine';
import type { Event, Observation } from './observation';
import { type CaptureError, refusal } from './refusal';

/** The first thing that two calls did differently, as a refusal; undefined when they did the same. */
export function firstDifference(before: Observation, after: Observation): CaptureError | undefined {
  const operations = firstUnlike(before, after, 'operation');
  if (operations !== undefined) {
    const { was, is } = operations;
    const then = was === undefined ? 'nothing' : `${was.what}, at ${lineOf(was.place)}`;
    return refusal(
      `every call must do the same operations on the device, got ${is?.what ?? 'nothing'} where it was ${then}`,
      (is ?? (was as Event)).place,
    );
  }
  const numbers = firstUnlike(before, after, 'number');
  if (numbers === undefined) return undefined;
  return refusal(
    'a number from the host must be the same in every call; pass it as a tensor, or keep it in a variable on the device',
    (numbers.is ?? (numbers.was as Event)).place,
  );
}

function firstUnlike(
  before: Observation,
  after: Observation,
  kind: Event['kind'],
): { was: Event | undefined; is: Event | undefined } | undefined {
  const [old, now] = [before, after].map(({ events }) => events.filter((event) => event.kind === kind)) as [
    Event[],
    Event[],
  ];
  const length = Math.max(old.length, now.length);
  const index = Array.from({ length }).findIndex((_, i) => old[i]?.what !== now[i]?.what);
  return index < 0 ? undefined : { was: old[index], is: now[index] };
}
