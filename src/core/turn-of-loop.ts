/**
 * Ends this turn of the event loop and goes on in the next. Timers and sockets come in between: long work in parts keeps no
 * acknowledgement waiting.
 */
export function nextTurnOfLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Rows of twenty columns that are read, decoded or written as CSV in some five milliseconds: the parts of long work. */
export const ROWS_A_TURN = 256;
