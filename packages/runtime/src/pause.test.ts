import { afterEach, describe, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe.each(['in Node', 'in a browser'])('pause, %s', (where) => {
  test('lets messages come in, which awaiting alone does not, and is over in the order it was asked for', async () => {
    if (where === 'in a browser') vi.stubGlobal('setImmediate', undefined);
    const { pause } = await import('./pause');
    const { port1, port2 } = new MessageChannel();
    let heard = false;
    port1.onmessage = () => {
      heard = true;
    };
    port2.postMessage(null);
    for (let i = 0; i < 100; i++) await Promise.resolve();
    expect(heard).toBe(false);
    for (let i = 0; i < 100 && !heard; i++) await pause();
    expect(heard).toBe(true);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map(async (n) => pause().then(() => order.push(n))));
    expect(order).toEqual([1, 2, 3]);
    port1.close();
  });
});
