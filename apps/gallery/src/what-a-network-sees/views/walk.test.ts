import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stations } from '../protocol';
import { percent } from './verdict';
import { Walk } from './walk';
import { lost } from './walkView';

const some = (first: number, count: number): Stations => ({
  first,
  of: 6,
  whole: 0.8,
  scores: Array.from({ length: count }, (_, i) => 0.1 * (first + i)),
  corners: Array.from({ length: count }, (_, i) => [0, 4 * (first + i)] as const),
  window: 14,
  step: 4,
});

let still = false;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('matchMedia', () => ({ matches: still }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  still = false;
});

function begun() {
  const heard = { moves: [] as number[], ends: 0 };
  const walk = new Walk(
    ({ shown }) => heard.moves.push(shown),
    () => heard.ends++,
  );
  return { walk, heard };
}

test('goes place by place, waits for those that are still to come, and ends once', () => {
  const { walk, heard } = begun();
  walk.play();
  walk.add(some(0, 3));
  vi.advanceTimersByTime(1000);
  expect(walk.shown).toBe(3);
  expect(heard.ends).toBe(0);
  walk.add(some(3, 3));
  vi.advanceTimersByTime(1000);
  expect(heard.moves).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
  expect(heard.ends).toBe(1);
  expect(walk.stations[4]).toEqual({ row: 0, column: 16, score: 0.4 });
  walk.play(); // once more from the start
  vi.advanceTimersByTime(1000);
  expect(heard.ends).toBe(2);
});

test('pauses, goes where it is sent, and forgets', () => {
  const { walk } = begun();
  walk.add(some(0, 6));
  walk.play();
  vi.advanceTimersByTime(100);
  walk.pause();
  const at = walk.shown;
  expect(at).toBeGreaterThan(0);
  vi.advanceTimersByTime(1000);
  expect(walk.shown).toBe(at);
  walk.goTo(99);
  expect(walk.shown).toBe(6);
  walk.clear();
  expect([walk.shown, walk.of, walk.stations.length]).toEqual([0, 0, 0]);
});

test('shows all at once to whoever wants no motion', () => {
  still = true;
  const { walk, heard } = begun();
  walk.add(some(0, 6));
  walk.play();
  vi.advanceTimersByTime(100);
  expect(heard.moves).toEqual([0, 6]);
  expect(heard.ends).toBe(1);
});

test('what is lost is a part of what was there, and nothing where the score grows', () => {
  expect(lost(0.2, 0.8)).toBeCloseTo(0.75);
  expect(lost(0.9, 0.8)).toBe(0);
  expect(lost(0, 0.8)).toBe(1);
});

test.each([
  [0.0996, '10 %'],
  [0.0994, '9.9 %'],
  [0.5, '50 %'],
  [0.994, '99.4 %'],
  [0.9999, '> 99.9 %'],
  [0.0001, '< 0.1 %'],
  [0, '0.0 %'],
])('a probability of %d is read as %s', (probability, words) => {
  expect(percent(probability)).toBe(words);
});
