import type { OpenFolder } from '../../core/lake/lake.ts';

/** Opens so many folders at a time; the others wait for their turn. */
export function atMost(amount: number, open: OpenFolder): OpenFolder {
  const waiting: (() => void)[] = [];
  let free = amount;
  return async (path, signal) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await open(path, signal);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
