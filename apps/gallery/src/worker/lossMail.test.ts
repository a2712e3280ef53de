import { expect, test } from 'vitest';
import { LossMail } from './lossMail';

test('sends all losses in order, in bunches, with their rate', () => {
  const sent: { losses: number[]; rate: number }[] = [];
  const mail = new LossMail((losses, rate) => sent.push({ losses: [...losses], rate }));
  for (let step = 0; step < 100; step++) mail.add(step, 1000 + 10 * step);
  mail.flush(2000);
  expect(sent.flatMap(({ losses }) => losses)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(sent.length).toBeLessThan(20);
  expect(sent.at(-1)?.rate).toBeCloseTo(100, -1);
});

test('sends nothing when there is nothing', () => {
  const mail = new LossMail(() => expect.unreachable());
  mail.flush();
});
