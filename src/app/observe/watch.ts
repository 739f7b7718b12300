import type { Engine } from '../../core/answer/engine.ts';
import type { Turns } from '../../core/answer/turns.ts';
import type { AnswerRequests } from '../../core/operation/answer-requests.ts';
import type { Stores } from '../../core/operation/stores.ts';
import type { Log } from '../../slack/slack-log.ts';
import type { Levels, Measures } from './measures.ts';
import { type QuestionEnd, type WatchedRequests, watchRequests } from './watch-requests.ts';
import { watchStores } from './watch-stores.ts';
import { type WatchedTurns, watchTurns } from './watch-turns.ts';

/** Looks at the parts of the app from outside: each method gives a part that does the same as the one that it takes. */
export interface Watch {
  requests(asking: AnswerRequests, engine: Engine['name']): AnswerRequests;
  turns(turns: Turns): Turns;
  stores(stores: Stores): Stores;
}

/** Looks at nothing: for a terminal, which shows by itself how each line ended. */
export const UNWATCHED: Watch = {
  requests: (asking) => asking,
  turns: (turns) => turns,
  stores: (stores) => stores,
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
  let turns: WatchedTurns | undefined;
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
    turns(taken) {
      turns = watchTurns(taken);
      return turns.turns;
    },
    stores(opened) {
      stores = watchStores(opened, ({ code }) => measures.storeFailed(code));
      return stores;
    },
    levels: () => ({
      inFlight: requests?.inFlight() ?? 0,
      waiting: turns?.levels().waiting ?? 0,
      running: turns?.levels().running ?? 0,
    }),
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
