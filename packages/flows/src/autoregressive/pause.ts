/**
 * Lets everything else that waits in the event loop run: timers, messages, an abort.
 */
export const pause: () => Promise<void> =
  typeof setImmediate === 'function' ? () => new Promise((resolve) => setImmediate(resolve)) : pauseByMessage();

/** In a browser a message to oneself comes round at once, where a timer waits for 4 ms. */
function pauseByMessage(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
