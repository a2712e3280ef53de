/** What waits for a message that a browser sends to itself; made when it is first needed. */
let mail: { waiting: (() => void)[]; port: MessagePort } | undefined;

/**
 * Lets all that waits in the event loop run: timers, messages, an abort. Awaiting a tensor on cpu or wasm does not. In a
 * browser it is a message to oneself, which comes round at once, where a timer waits for 4 ms.
 *
 * Reference: HTML Living Standard, "Timers", on nested timers.
 *
 * @returns a promise that is kept once the event loop has gone round.
 *
 * @example
 * for (const batch of batches) {
 *   step(batch);
 *   await pause(); // the page stays alive
 * }
 */
export function pause(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  mail ??= open();
  const { waiting, port } = mail;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port.postMessage(null);
  });
}

function open() {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return { waiting, port: port2 };
}
