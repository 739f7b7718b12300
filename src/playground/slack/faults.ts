/** What goes wrong with one Web API call, or with the bytes of a file. */
export type Fault =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'http_error'; readonly status: number }
  /** Slack's own error, such as `internal_error` or `fatal_error`. */
  | { readonly kind: 'error'; readonly error: string }
  /** No answer at all; the caller's timeout decides. */
  | { readonly kind: 'hang' }
  /** The connection breaks before or after the call was carried out; the caller cannot see which. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly delayMs: number };

/** Injects faults, for tests and drills. */
export interface Faults {
  /** The next `times` calls of this method (`*`: of any; `upload`: the bytes of a file) meet this fault. */
  next(method: string, fault: Fault, times?: number): void;
  /** The next `times` envelopes are each sent twice. */
  duplicateEnvelopes(times?: number): void;
  /** The next `times` envelopes get lost on the way: the app never sees them. */
  loseEnvelopes(times?: number): void;
  /** Asks the oldest socket to refresh, as Slack does every few hours, and closes it. */
  refresh(): void;
  /** Breaks every socket without closing it. */
  dropSockets(): void;
  /** Removes the faults that have not happened yet. */
  clear(): void;
}

/** The faults that wait for their call or envelope. */
export interface FaultQueue {
  readonly next: Faults['next'];
  readonly duplicateEnvelopes: Faults['duplicateEnvelopes'];
  readonly loseEnvelopes: Faults['loseEnvelopes'];
  readonly clear: Faults['clear'];
  takeFor(method: string): Fault | undefined;
  takeEnvelope(): 'once' | 'twice' | 'lost';
}

/** Creates an empty queue of faults. */
export function createFaultQueue(): FaultQueue {
  const waiting: { method: string; fault: Fault; times: number }[] = [];
  const envelopes: ('twice' | 'lost')[] = [];
  return {
    next(method, fault, times = 1) {
      waiting.push({ method, fault, times });
    },
    duplicateEnvelopes(times = 1) {
      envelopes.push(...Array<'twice'>(times).fill('twice'));
    },
    loseEnvelopes(times = 1) {
      envelopes.push(...Array<'lost'>(times).fill('lost'));
    },
    clear() {
      waiting.length = 0;
      envelopes.length = 0;
    },
    takeFor(method) {
      const isForMethod = (one: string) => one === method || one === '*';
      const found = waiting.find((entry) => entry.times > 0 && isForMethod(entry.method));
      if (found) found.times -= 1;
      return found?.fault;
    },
    takeEnvelope: () => envelopes.shift() ?? 'once',
  };
}
