import type { Answer } from '../answer/answer.ts';
import type { AskOptions } from '../answer/ask.ts';
import {
  type AskedLine,
  type Finished,
  NOTHING_SPENT,
  type QuestionOutcome,
  type Store,
  type TakenUp,
} from '../answer/store.ts';
import { Interrupted, orStopped, StoppedBy, stopped } from '../answer/turns.ts';
import { orLate, withDeadline } from '../deadline.ts';
import { EngineError, StoreError, UserError } from '../errors.ts';
import { CloudError, type CloudErrorCode } from '../lake/cloud.ts';
import { absoluteLine, type Question } from '../query/question.ts';
import type { Act } from './act.ts';
import type { Report } from './report.ts';
import { isCommand, type QuestionOrCommand } from './request.ts';
import type { ResolveNames } from './resolve-names.ts';
import { type AskOnceParts, createAskOnce, sameKeyOf } from './same-question.ts';

/** A question or a command with what must be known to answer it after a restart. */
export interface UserRequest<Q extends QuestionOrCommand = QuestionOrCommand>
  extends Pick<AskedLine, 'id' | 'person' | 'place' | 'channel' | 'thread' | 'askedAt'> {
  readonly question: Q;
  /** Whether who asks is a guest or of another workspace. */
  readonly isOutsider?: boolean | undefined;
  /** Whether it wants other rows than an equal line usually gets, and is not run together with one. */
  readonly isAlone?: boolean;
}

export interface AnswerRequestsParts extends AskOnceParts {
  readonly resolveNames: ResolveNames;
  readonly act: Act;
  readonly now: () => Date;
  /** The time limit of a question; operations have none. */
  readonly timeoutMs: number;
}

/** How asking ended: with an answer, with the report of a command, or with what went wrong. */
export type RequestResult =
  | { readonly answer: Answer }
  | { readonly report: Report }
  /** `isPaused`: the process stops, and the question is taken up again; nothing is written down. */
  | { readonly error: unknown; readonly isPaused: boolean };

/** How a question or a command is answered, and how its progress is shown. */
export interface AnswerOptions
  extends Pick<AskOptions, 'rowLimit' | 'file' | 'onScan' | 'onEvents' | 'onTurn' | 'onLateNames'> {
  readonly signal: AbortSignal;
  /** Whether the question was in flight before, in a process that ended. */
  readonly isResumed?: boolean;
  /** Whether this process alone can show the answer, because a person waits at its terminal. */
  readonly isOnlyHere?: boolean;
  /**
   * Called in the place of `deliver` when another process took the question up meanwhile, because this one did not renew
   * its lease in time: that one delivers the end.
   */
  readonly onTakenOver?: () => void;
  /**
   * Called, before anything is read, with a question of which names became addresses: what is written down from now on,
   * so that after a restart the same is asked.
   */
  readonly onResolved?: (question: Question) => Promise<void>;
  /** Called with the progress of a command. */
  readonly onProgress?: (report: Report) => void;
}

/** Shows the person how it ended. */
export type Deliver = (ended: RequestResult) => Promise<void>;

/** Answers a question that is written down, before and after, so that none is lost, run twice or billed unseen. */
export interface AnswerRequests {
  /**
   * Writes the question down. False when a question of this id was taken before: it must not be answered again.
   * @throws UserError for a command that the person may not give, and for a question when they have `most` in flight.
   */
  begin(request: UserRequest, most?: number): Promise<boolean>;
  /** Records a changed place of the answer: its thread was opened. */
  moveTo(id: string, place: string, thread: string): Promise<void>;
  /**
   * Answers a question that was begun, has the end delivered, and only then writes down how it ended: a question
   * whose answer had not been posted when the process was killed is answered again. One that was interrupted stays in
   * flight. @throws what `deliver` throws.
   */
  answer(request: UserRequest, options: AnswerOptions, deliver: Deliver): Promise<void>;
  /**
   * Takes up questions that were begun and never ended, by this process or by one that is gone, oldest first. Those of
   * another process that runs stay with it.
   */
  unfinished(whose?: TakenUp): Promise<readonly AskedLine[]>;
  /**
   * Whether a request in flight is still this process's own: another one takes it up when this one stands still for longer
   * than its lease. True also where the store cannot say: better shown by two processes than by none.
   */
  isHeld(id: string): Promise<boolean>;
  /** What was asked under an id, and where; undefined when nothing was. */
  find(id: string): Promise<AskedLine | undefined>;
  /** Ends a question that cannot be answered any more. */
  abandon(id: string): Promise<void>;
}

/** Records questions and commands in the store, before and after they are answered. */
export function createAnswerRequests({
  ask,
  resolveNames,
  act,
  store,
  now,
  understand,
  timeoutMs,
}: AnswerRequestsParts): AnswerRequests {
  const askOnce = createAskOnce({ ask, store, understand });

  async function work({ question, ...request }: UserRequest, options: AnswerOptions): Promise<RequestResult> {
    if (isCommand(question)) return { report: await act.perform(question, request, options) };
    const { id, channel, thread, askedAt, person, isOutsider } = request;
    const spender = { channel, thread, person, isOutsider };
    const resolved = await orStopped(options.signal, resolveNames(question, options.signal));
    if (options.signal.aborted) throw stopped(options.signal, options.signal.reason);
    if (resolved !== question) await options.onResolved?.(resolved);
    const { onLateNames } = options;
    let before: Promise<number> | undefined;
    // Counted once, before this question is: an answer with its late names says the same.
    const withThread = async (answer: Answer): Promise<Answer> => {
      before ??= spentIn(thread, store);
      return { ...answer, threadDollars: (await before) + answer.cost.dollars };
    };
    const asking = {
      ...options,
      ...(onLateNames && { onLateNames: (late: Answer) => void withThread(late).then(onLateNames) }),
    };
    const answer = await askOnce(resolved, { id, askedAt }, { ...asking, spender });
    return { answer: await withThread(answer) };
  }

  function isHeld(id: string): Promise<boolean> {
    return store.holds(id, now()).catch(() => true);
  }

  /** A question has its time from when it was asked, so that waiting counts; one that was taken up again begins anew. */
  function timeLeftMs({ question, askedAt }: UserRequest, { isResumed }: AnswerOptions): number {
    if (isCommand(question)) return Number.POSITIVE_INFINITY;
    // A clock that was put back gives no question more time than it has.
    const leftMs = askedAt.getTime() + timeoutMs - now().getTime();
    return isResumed === true ? timeoutMs : Math.min(leftMs, timeoutMs);
  }

  return {
    async begin({ question, isOutsider, isAlone, ...request }, most) {
      if (isCommand(question)) act.refuse(question, { person: request.person, isOutsider });
      const line = isCommand(question) ? question.line : absoluteLine(question);
      const options = isCommand(question) ? {} : { most, ...(!isAlone && { sameKey: sameKeyOf(question) }) };
      const begun = await store.begin({ ...request, line, zone: question.zone }, options);
      if (begun === 'full') throw tooMany(most);
      return begun === 'begun';
    },
    moveTo: (id, place, thread) => store.moveTo(id, place, thread),
    unfinished: (whose) => store.takeUp(now(), whose),
    isHeld,
    find: (id) => store.find(id),
    abandon: (id) => store.finish(id, { outcome: 'crashed', ...NOTHING_SPENT, finishedAt: now() }),

    async answer(request, options, deliver) {
      const ended = await withDeadline(
        timeLeftMs(request, options),
        (signal) =>
          work(request, { ...options, signal }).catch(
            (error: unknown): RequestResult => ({
              error,
              isPaused: signal.reason instanceof Interrupted,
            }),
          ),
        options.signal,
      );
      const isPaused = 'error' in ended && ended.isPaused;
      if (!isPaused && !options.isOnlyHere && !(await isHeld(request.id))) return options.onTakenOver?.();
      await deliver(ended);
      if (isPaused) return;
      const by = 'error' in ended ? stoppedBy(options.signal) : {};
      await store.finish(request.id, { ...endOfRequest(ended), ...by, finishedAt: now() });
    },
  };
}

/** Who stopped a request that did not end by itself. */
function stoppedBy({ reason }: AbortSignal): Pick<Finished, 'stoppedBy'> {
  return reason instanceof StoppedBy ? { stoppedBy: reason.person } : {};
}

function tooMany(most: number | undefined): UserError {
  return new UserError(`You have ${most} questions waiting or running, as many as a person may have.`, {
    hint: 'Ask again when one of them is answered, or stop one.',
  });
}

/** Longer than this no answer waits for the total of its thread, in milliseconds. */
const TOTAL_MS = 2_000;

/** A line outside of any thread has no running total, and an answer is shown also where the store does not say it. */
async function spentIn(thread: string, store: Store): Promise<number> {
  if (thread === '') return 0;
  try {
    const spent = await orLate(TOTAL_MS, store.spent({ thread }));
    return spent === 'late' ? 0 : spent;
  } catch (error) {
    if (error instanceof StoreError) return 0;
    throw error;
  }
}

type RequestCost = Omit<Finished, 'outcome' | 'finishedAt'>;

/** How the result of a request is remembered: its outcome and what it cost. */
export function endOfRequest(ended: RequestResult): Omit<Finished, 'finishedAt'> {
  return 'error' in ended
    ? { outcome: outcomeOf(ended.error), ...costOfFailure(ended.error) }
    : { outcome: 'answered', ...costOf(ended) };
}

/** A report costs nothing that is scanned. */
function costOf(ended: Exclude<RequestResult, { readonly error: unknown }>): RequestCost {
  if (!('answer' in ended)) return NOTHING_SPENT;
  const { rowCount, run, cost, estimatedBytes } = ended.answer;
  const { scannedBytes, elapsedMs, id } = run;
  return { rows: rowCount, scannedBytes, estimatedBytes, dollars: cost.dollars, elapsedMs, runId: id };
}

/** What a question comes to when the cloud does not say what there is to read. */
const CLOUD_OUTCOMES: Partial<Record<CloudErrorCode, QuestionOutcome>> = {
  denied: 'denied',
  expired: 'expired',
  throttled: 'throttled',
};

function outcomeOf(error: unknown): QuestionOutcome {
  if (error instanceof EngineError) return error.code;
  if (error instanceof CloudError) return CLOUD_OUTCOMES[error.code] ?? 'broken';
  return error instanceof UserError ? 'mistaken' : 'crashed';
}

/** A stopped run is charged for what it had read. */
function costOfFailure(error: unknown): RequestCost {
  if (!(error instanceof EngineError) || error.billed === undefined) return NOTHING_SPENT;
  const { scannedBytes, runId, dollars = 0 } = error.billed;
  return { ...NOTHING_SPENT, scannedBytes, runId, dollars };
}
