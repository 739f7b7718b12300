/** The longest wait of a timer of Node.js, in milliseconds: a longer one would end at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What was begun comes to, or `late` where that takes longer than so many milliseconds; it goes on then. */
export async function orLate<T>(milliseconds: number, begun: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    return await Promise.race([begun, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Does work with a signal that is aborted after so many milliseconds, with a `TimeoutError` as its reason, or when
 * `stopped` is, with the reason of that. A timer and a controller, because a signal of `AbortSignal.any` and
 * `AbortSignal.timeout` together may be collected before it fires: the question would wait for ever.
 * @see https://github.com/nodejs/node/issues/57736
 *
 * @example
 * await withDeadline(10_000, (signal) => fetch(url, { signal }), stopped);
 */
export async function withDeadline<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  stopped?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(stopped?.reason);
  const late = () => controller.abort(new DOMException(`Not done in ${milliseconds} ms`, 'TimeoutError'));
  const timer = setTimeout(late, Math.min(Math.max(milliseconds, 0), LONGEST_TIMER_MS));
  if (stopped?.aborted) stop();
  else stopped?.addEventListener('abort', stop, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    stopped?.removeEventListener('abort', stop);
  }
}
