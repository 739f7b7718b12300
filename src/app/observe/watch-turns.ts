import type { Turns } from '../../core/answer/turns.ts';

/** Turns that are watched. */
export interface WatchedTurns {
  readonly turns: Turns;
  /** How many wait for their turn, and how many have it. */
  levels(): { readonly waiting: number; readonly running: number };
}

/** Gives turns as before, and knows how many wait and how many run. */
export function watchTurns(turns: Turns): WatchedTurns {
  let waiting = 0;
  let running = 0;
  return {
    async turns(channel, work, options) {
      let leave = () => {
        waiting -= 1;
      };
      const begin = () => {
        leave();
        running += 1;
        leave = () => {
          running -= 1;
        };
        return work();
      };
      waiting += 1;
      try {
        return await turns(channel, begin, options);
      } finally {
        leave();
      }
    },
    levels: () => ({ waiting, running }),
  };
}
