/** Does work when its turn comes; `onPlace` is told how many are before it, each time that changes. */
export type Turns = <T>(
  channel: string,
  work: () => Promise<T>,
  options: { readonly signal: AbortSignal; readonly onPlace?: (before: number) => void },
) => Promise<T>;

interface Waiting {
  readonly channel: string;
  readonly begin: () => void;
  readonly onPlace: ((before: number) => void) | undefined;
}

/**
 * Turns that are fair between channels: each channel that waits gets one in its turn, so that a hundred questions of
 * one do not make another wait for all of them.
 */
export function createTurns(atOnce: number): Turns {
  let running = 0;
  let waiting: readonly Waiting[] = [];
  const served = new Map<string, number>();
  let turn = 0;

  /** The order in which they will begin if nobody else comes: one of each channel, the longest unserved first. */
  function inOrder(): readonly Waiting[] {
    const before = new Map<string, number>();
    const ranked = waiting.map((each, arrival) => {
      const round = before.get(each.channel) ?? 0;
      before.set(each.channel, round + 1);
      return { each, round, last: served.get(each.channel) ?? 0, arrival };
    });
    return ranked
      .toSorted((a, b) => a.round - b.round || a.last - b.last || a.arrival - b.arrival)
      .map(({ each }) => each);
  }

  function advance(): void {
    for (const next of inOrder().slice(0, Math.max(atOnce - running, 0))) {
      waiting = waiting.filter((each) => each !== next);
      running += 1;
      turn += 1;
      served.set(next.channel, turn);
      next.begin();
    }
    for (const [before, each] of inOrder().entries()) each.onPlace?.(before);
  }

  async function take(channel: string, { signal, onPlace }: Parameters<Turns>[2]): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((begin, reject) => {
      const entry: Waiting = {
        channel,
        onPlace,
        begin: () => {
          signal.removeEventListener('abort', leave);
          begin();
        },
      };
      function leave(): void {
        waiting = waiting.filter((each) => each !== entry);
        reject(signal.reason);
        advance();
      }
      signal.addEventListener('abort', leave, { once: true });
      waiting = [...waiting, entry];
      advance();
    });
  }

  return async (channel, work, options) => {
    await take(channel, options);
    try {
      return await work();
    } finally {
      running -= 1;
      advance();
    }
  };
}
