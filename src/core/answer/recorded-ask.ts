import { EngineError, UserError } from '../errors.ts';
import { absoluteLine } from '../language/absolute-line.ts';
import type { Asked, Finished, Outcome, Store } from '../ports/store.ts';
import type { Question } from '../question.ts';
import type { Answer } from './answer.ts';
import type { Ask, AskOptions } from './ask.ts';

/** Why a question was stopped when the app itself stops: it stays in flight and is answered after the restart. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A question with what must be known to answer it after a restart. */
export interface AskRequest extends Pick<Asked, 'id' | 'person' | 'place'> {
  readonly question: Question;
}

/** What keeping a record needs. */
export interface RecordedAskParts {
  readonly ask: Ask;
  readonly store: Store;
  readonly now: () => Date;
  /** After this long a question is stopped. */
  readonly timeoutMs: number;
}

/** How asking ended: with an answer, or with what went wrong. */
export type Ended = { readonly answer: Answer } | { readonly error: unknown };

/** Shows the person how it ended. */
export type Deliver = (ended: Ended) => Promise<void>;

/** Answers a question that is written down, before and after, so that none is lost, run twice or billed unseen. */
export interface RecordedAsk {
  /** Writes the question down. False when a question of this id was taken before: it must not be answered again. */
  begin(request: AskRequest): Promise<boolean>;
  /** Writes down where the answer goes, once more of it is known: the thread was opened. */
  moveTo(id: string, place: string): Promise<void>;
  /**
   * Answers a question that was begun, has the end delivered, and only then writes down how it ended: a question
   * whose answer nobody saw yet when the process was killed is answered again. One that was interrupted stays in
   * flight. @throws what `deliver` throws.
   */
  answer(request: AskRequest, options: AskOptions, deliver: Deliver): Promise<void>;
  /** Questions that were begun before the last stop and never ended, oldest first. */
  unfinished(): Promise<readonly Asked[]>;
  /** Ends a question that cannot be answered any more. */
  abandon(id: string): Promise<void>;
}

/** Puts the store around asking. */
export function createRecordedAsk({ ask, store, now, timeoutMs }: RecordedAskParts): RecordedAsk {
  async function finish(id: string, outcome: Outcome, cost: Cost = NOTHING): Promise<void> {
    await store.finish(id, { outcome, ...cost, finishedAt: now() });
  }

  return {
    begin: ({ id, person, place, question }) =>
      store.begin({ id, person, place, line: absoluteLine(question), zone: question.zone, askedAt: now() }),
    moveTo: (id, place) => store.moveTo(id, place),
    unfinished: () => store.inFlight(),
    abandon: (id) => finish(id, 'crashed'),

    async answer({ id, question }, options, deliver) {
      const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]);
      const ended = await ask(question, { ...options, identity: id, signal }).then(
        (answer): Ended => ({ answer }),
        (error: unknown): Ended => ({ error }),
      );
      await deliver(ended);
      if ('answer' in ended) await finish(id, 'answered', costOf(ended.answer));
      else if (!(signal.reason instanceof Interrupted))
        await finish(id, outcomeOf(ended.error), costOfFailure(ended.error));
    },
  };
}

type Cost = Omit<Finished, 'outcome' | 'finishedAt'>;

const NOTHING: Cost = { rows: 0, scannedBytes: 0, dollars: 0, elapsedMs: 0, runId: '' };

function costOf({ rows, run, cost }: Answer): Cost {
  return {
    rows: rows.length,
    scannedBytes: run.scannedBytes,
    dollars: cost.dollars,
    elapsedMs: run.elapsedMs,
    runId: run.id,
  };
}

/** A stopped run is charged for what it had read. */
function costOfFailure(error: unknown): Cost {
  if (!(error instanceof EngineError) || error.billed === undefined) return NOTHING;
  const { scannedBytes, runId, dollars = 0 } = error.billed;
  return { ...NOTHING, scannedBytes, runId, dollars };
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof EngineError) return error.code;
  return error instanceof UserError ? 'mistaken' : 'crashed';
}
