import { setMaxListeners } from 'node:events';
import { setImmediate as turnOfLoop } from 'node:timers/promises';

/** A clock whose time is that of the next event: what waits for an hour goes on at once. */
export interface VirtualClock {
  now(): Date;
  /** Milliseconds since the clock began. */
  elapsedMs(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `act` at a time since the clock began. */
  at(ms: number, act: () => void): void;
  /** Lets events happen in their order until none is left. */
  run(): Promise<void>;
}

interface ClockEvent {
  readonly atMs: number;
  readonly act: () => void;
  isCancelled: boolean;
}

/** Timers of the product are those of Node.js: while the simulation runs, they are events of its clock. */
type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;

/** Creates a clock that begins at an instant. */
export function createVirtualClock(begin: Date): VirtualClock {
  let nowMs = 0;
  /** The next one is the last, so that it is taken without moving the others. */
  const events: ClockEvent[] = [];

  /** Of events at one time, the one that was added first comes first. */
  function add(atMs: number, act: () => void): ClockEvent {
    const event = { atMs: Math.max(atMs, nowMs), act, isCancelled: false };
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((events[middle]?.atMs ?? 0) > event.atMs) low = middle + 1;
      else high = middle;
    }
    events.splice(low, 0, event);
    return event;
  }

  const clock: VirtualClock = {
    now: () => new Date(begin.getTime() + nowMs),
    elapsedMs: () => nowMs,
    at: (ms, act) => void add(ms, act),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const event = add(nowMs + ms, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        const stop = () => {
          event.isCancelled = true;
          reject(signal?.reason);
        };
        // Many sleep at once until the app stops; that so many listen to its signal is no leak.
        if (signal !== undefined) setMaxListeners(0, signal);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async run() {
      const restore = replaceTimers((ms, act) => add(nowMs + ms, act));
      try {
        // All that follows from one event is done before the next: promises are settled once the event loop has turned.
        for (await turnOfLoop(); events.length > 0; ) {
          const event = events.pop();
          if (event === undefined || event.isCancelled) continue;
          nowMs = event.atMs;
          event.act();
          await turnOfLoop();
        }
      } finally {
        restore();
      }
    },
  };
  return clock;
}

/** Replaces the timers of Node.js; returns what puts them back. */
function replaceTimers(add: (ms: number, act: () => void) => ClockEvent): () => void {
  const { setTimeout, clearTimeout }: Timers = globalThis;
  const waiting = new Map<unknown, ClockEvent>();
  const virtual = (act: (...values: readonly unknown[]) => void, ms = 0, ...values: readonly unknown[]) => {
    const timer = { unref: () => timer, ref: () => timer, hasRef: () => true };
    waiting.set(
      timer,
      add(ms, () => {
        waiting.delete(timer);
        act(...values);
      }),
    );
    return timer;
  };
  const cancel = (timer: unknown) => {
    const event = waiting.get(timer);
    if (event === undefined) return;
    event.isCancelled = true;
    waiting.delete(timer);
  };
  Object.assign(globalThis, { setTimeout: virtual, clearTimeout: cancel });
  return () => Object.assign(globalThis, { setTimeout, clearTimeout });
}
