import type { Engine } from '../../core/answer/engine.ts';
import type { QueueAmounts } from '../../core/answer/turns.ts';
import type { AnswerRequests } from '../../core/operation/answer-requests.ts';
import type { Stores } from '../../core/operation/stores.ts';
import type { Log } from '../../slack/slack-log.ts';
import type { Levels, Measures } from './measures.ts';
import { type QuestionEnd, type WatchedRequests, watchRequests } from './watch-requests.ts';
import { watchStores } from './watch-stores.ts';

/** Looks at the parts of the app from outside: each method gives a part that does the same as the one that it takes. */
export interface Watch {
  requests(asking: AnswerRequests, engine: Engine['name']): AnswerRequests;
  stores(stores: Stores): Stores;
  /** Takes what knows how many questions run and wait. */
  queue(amounts: () => QueueAmounts): void;
}

/** Looks at nothing: for a terminal, which shows by itself how each line ended. */
export const UNWATCHED: Watch = {
  requests: (asking) => asking,
  stores: (stores) => stores,
  queue: () => {},
};

/** A watch over one app. */
export interface AppWatch extends Watch {
  levels(): Pick<Levels, 'inFlight' | 'waiting' | 'running'>;
  /** Resolves when the store answers. @throws StoreError. */
  askStore(): Promise<void>;
  /** Says of the questions that have not ended that they are paused. */
  stop(): void;
}

/** Where what is seen goes. */
export interface WatchParts {
  readonly measures: Measures;
  readonly log: () => Pick<Log, 'info'>;
  readonly now: () => Date;
}

/** Watches what becomes of questions: a line of the log for each, and measures of all. */
export function createWatch({ measures, log, now }: WatchParts): AppWatch {
  let requests: WatchedRequests | undefined;
  let queue = (): QueueAmounts => ({ running: 0, waiting: 0 });
  let stores: Stores | undefined;
  const parts = {
    now,
    tookOver: measures.tookOver,
    ended(end: QuestionEnd) {
      log().info(lineOf(end), 'a question ended');
      measures.ended(end);
    },
  };
  return {
    requests(asking, engine) {
      requests = watchRequests(asking, { ...parts, engine });
      return requests.requests;
    },
    stores(opened) {
      stores = watchStores(opened, ({ code }) => measures.storeFailed(code));
      return stores;
    },
    queue(amounts) {
      queue = amounts;
    },
    levels: () => ({ inFlight: requests?.inFlight() ?? 0, ...queue() }),
    async askStore() {
      await stores?.store.find('');
    },
    stop: () => requests?.stop(),
  };
}

/** The one line of a question. It names people and channels by their ids alone, and nothing that was asked about. */
function lineOf({ coverage: _, window, runId, ...end }: QuestionEnd): Readonly<Record<string, unknown>> {
  return { ...end, from: window?.from, to: window?.to, run: runId };
}
