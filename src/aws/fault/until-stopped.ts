import { setMaxListeners } from 'node:events';

/** What a promise comes to, unless we are told to stop first: the SDK does not hear that while it waits to try again. */
export function untilStopped<T>(signal: AbortSignal, sent: Promise<T>): Promise<T> {
  // One question makes many calls at once; that so many listen to its signal is no leak.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
