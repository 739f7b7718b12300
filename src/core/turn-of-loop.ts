/**
 * Ends this turn of the event loop and goes on in one of the next, in which no other long work goes on. Timers and sockets come
 * in between: long work in parts keeps no acknowledgement waiting, however many do some.
 */
export async function nextTurnOfLoop(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  await oneInATurn();
}

/** Of the process, as the event loop is. */
const oneInATurn = admitInTurns(1);

/** Rows of twenty columns that are read, decoded or written as CSV in some three milliseconds: the parts of long work. */
export const ROWS_A_TURN = 128;

/**
 * Returns what a caller awaits before it does its work: it goes on at once, or where as many have gone on in this turn of the
 * event loop already, in one of the next, in the order in which they came. What has piled up while the loop was blocked does
 * not block it once more; promises alone never let timers and sockets in.
 */
export function admitInTurns(mostATurn: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let admitted = 0;
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const some = waiting.splice(0, mostATurn);
      admitted = some.length;
      for (const admit of some) admit();
      if (admitted > 0) schedule();
    });
  }

  return async () => {
    schedule();
    if (waiting.length === 0 && admitted < mostATurn) {
      admitted += 1;
      return;
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
}
