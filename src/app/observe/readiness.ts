import { StoreError } from '../../core/errors.ts';
import type { SlackLink } from '../../slack/slack-watch.ts';

/** What must work for questions to be answered. */
export interface ReadinessParts {
  /** Undefined until Slack was joined. */
  readonly link: () => SlackLink | undefined;
  /** Resolves when the store answers. */
  readonly askStore: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly now: () => Date;
}

/** Says what is missing, a sentence; undefined when questions are answered. */
export type Readiness = () => Promise<string | undefined>;

/** A store that takes longer would keep acknowledgements waiting too, in milliseconds. */
const STORE_MS = 2_000;

/** Probes that come together, and many of them, are one call of the store. */
const KEEP_MS = 1_000;

/** Creates the check, which asks the store once a second at most, and never twice at once. */
export function createReadiness({ link, askStore, isStopping, now }: ReadinessParts): Readiness {
  let last: { readonly atMs: number; readonly missing: Promise<string | undefined> } | undefined;

  function missingStore(): Promise<string | undefined> {
    const nowMs = now().getTime();
    if (last === undefined || nowMs - last.atMs > KEEP_MS)
      last = { atMs: nowMs, missing: storeProblem(askStore) };
    return last.missing;
  }

  return async () => {
    if (isStopping()) return 'flowlog is stopping.';
    const reached = link();
    if (reached === undefined) return 'flowlog is starting: it has not joined Slack yet.';
    if (!reached.isConnected) return 'Slack is not connected: no socket is open; flowlog keeps trying.';
    return missingStore();
  };
}

function storeProblem(askStore: ReadinessParts['askStore']): Promise<string | undefined> {
  const late = `The store does not answer within ${STORE_MS / 1000} seconds.`;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), STORE_MS);
    const end = (missing: string | undefined) => {
      clearTimeout(timer);
      resolve(missing);
    };
    askStore().then(
      () => end(undefined),
      (error: unknown) =>
        end(
          error instanceof StoreError ? error.message : 'The store failed in an unexpected way: see the log.',
        ),
    );
  });
}
