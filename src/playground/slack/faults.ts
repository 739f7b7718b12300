/** What goes wrong with one Web API call, or with the bytes of a file. */
export type Fault =
  /** HTTP 429; its `Retry-After` is missing where it is `unsaid`, and a date of HTTP where it is one. */
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number | 'unsaid' | Date }
  | { readonly kind: 'http_error'; readonly status: number }
  /** A page for people with HTTP status 200, as a proxy or a Slack that is down answers. */
  | { readonly kind: 'html' }
  /** The call is carried out, and the body of its answer ends in the middle, or never. */
  | { readonly kind: 'cut_off' }
  | { readonly kind: 'stall' }
  /** Slack's own error, such as `internal_error` or `fatal_error`. */
  | { readonly kind: 'error'; readonly error: string }
  /** No answer at all; the caller's timeout decides. */
  | { readonly kind: 'hang' }
  /** The connection breaks before or after the call was carried out; the caller cannot see which. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly delayMs: number };

/** Injects faults, for tests and drills. */
export interface Faults {
  /**
   * The next `times` calls of this method (`*`: of any; `upload`: the bytes of a file; `response`: an answer to a
   * `response_url`) meet this fault; where a channel is given by its id, of those into it.
   */
  next(method: string, fault: Fault, times?: number, channel?: string): void;
  /** Slack is gone, for the app: sockets break, and each call breaks before it is carried out, until it comes back. */
  goAway(): void;
  comeBack(): void;
  /** The next `times` envelopes are each sent twice, through two sockets where there are. */
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
  setAway(isAway: boolean): void;
  takeFor(method: string, channel?: string): Fault | undefined;
  takeEnvelope(): 'once' | 'twice' | 'lost';
}

/** Creates an empty queue of faults. */
export function createFaultQueue(): FaultQueue {
  const waiting: { method: string; fault: Fault; times: number; channel: string | undefined }[] = [];
  let isAway = false;
  const envelopes: ('twice' | 'lost')[] = [];
  return {
    next(method, fault, times = 1, channel) {
      waiting.push({ method, fault, times, channel });
    },
    setAway(away) {
      isAway = away;
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
    takeFor(method, channel) {
      if (isAway) return { kind: 'drop', when: 'before' };
      const found = waiting.find(
        (entry) =>
          entry.times > 0 &&
          (entry.method === method || entry.method === '*') &&
          (entry.channel === undefined || entry.channel === channel),
      );
      if (found) found.times -= 1;
      return found?.fault;
    },
    takeEnvelope: () => envelopes.shift() ?? 'once',
  };
}
