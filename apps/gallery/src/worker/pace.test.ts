import { expect, test } from 'vitest';
import { Pace } from './pace';

/** Takes steps as the pace allows, and counts them. */
function walk(pace: Pace): { steps: number } {
  const walker = { steps: 0 };
  const go = async () => {
    for (;;) {
      await pace.next();
      walker.steps++;
      await settle();
    }
  };
  void go();
  return walker;
}

const settle = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

test('nothing passes before it is asked for', async () => {
  const walker = walk(new Pace());
  await settle(10);
  expect(walker.steps).toBe(0);
});

test('a step is exactly one, and as many as were asked for', async () => {
  const pace = new Pace();
  const walker = walk(pace);
  pace.step();
  await settle(10);
  expect(walker.steps).toBe(1);
  pace.step();
  pace.step();
  await settle(20);
  expect(walker.steps).toBe(3);
});

test('steps pass until they are held back', async () => {
  const pace = new Pace();
  const walker = walk(pace);
  pace.run();
  expect(pace.running).toBe(true);
  await settle(20);
  pace.pause();
  expect(pace.running).toBe(false);
  const { steps } = walker;
  expect(steps).toBeGreaterThan(1);
  await settle(20);
  expect(walker.steps).toBe(steps);
});

test('a step while running is one more, then a pause', async () => {
  const pace = new Pace();
  const walker = walk(pace);
  pace.run();
  await settle(5);
  const { steps } = walker;
  pace.step();
  await settle(20);
  expect(walker.steps).toBe(steps + 1);
});
