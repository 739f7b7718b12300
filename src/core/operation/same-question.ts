import type { Answer } from '../answer/answer.ts';
import type { Ask, AskOptions } from '../answer/ask.ts';
import type { AskedLine, Store } from '../answer/store.ts';
import { EngineError, StoreError } from '../errors.ts';
import { writeLine } from '../line/write-line.ts';
import type { Question } from '../query/question.ts';
import { durationSeconds } from '../time/durations.ts';
import { isCommand, type RequestOrHelp } from './request.ts';

/** Days begin when they begin where the person is. */
const OF_THE_ZONE: ReadonlySet<Question['words']['kind']> = new Set(['today', 'yesterday', 'on']);

/** Equal for questions that mean the same when they are asked at the same time: `last 1h` and `last 60m` do, whoever asks. */
export function sameKeyOf({ query, args, line, words, zone }: Question): string {
  if (words.kind === 'last')
    return `${writeLine(query, args, undefined)} last ${durationSeconds(words.duration)}s`;
  return OF_THE_ZONE.has(words.kind) ? `${line} ${zone}` : line;
}

/** What runs a question, or finds the run of an equal one. */
export interface AskOnceParts {
  readonly ask: Ask;
  readonly store: Store;
  /** Reads a line that was asked before. */
  readonly understand: (line: string, zone: string) => RequestOrHelp;
}

/** Of what was asked: its id, and when. */
type AskedAs = Pick<AskedLine, 'id' | 'askedAt'>;

/** Asks a question as it was written down under an id. */
export type AskOnce = (question: Question, asked: AskedAs, options: AskOptions) => Promise<Answer>;

/**
 * Asks questions so that equal ones which are asked within a moment are billed once: the later one takes the window of the
 * first, and its identity, by which an engine that bills finds the run of the first, in whatever process that began. One of
 * them is charged. An engine that is free runs each.
 */
export function createAskOnce({ ask, store, understand }: AskOnceParts): AskOnce {
  /** The equal question before this one, with its window; undefined where this one is run for itself. */
  async function firstOf(id: string): Promise<(AskedAs & Pick<Question, 'window'>) | undefined> {
    const asked = await store.find(id);
    const first = asked?.sameAs === undefined ? undefined : await store.find(asked.sameAs);
    if (first === undefined) return undefined;
    const understood = understand(first.line, first.zone);
    if ('help' in understood || isCommand(understood)) return undefined;
    return { id: first.id, askedAt: first.askedAt, window: understood.window };
  }

  return async (question, { id, askedAt }, options) => {
    const own = {
      ...options,
      identity: id,
      askedAt,
      // Without these notes a run counts for each question, which only lowers what may still be spent.
      onStart: (runId: string) => store.started(id, runId).catch(() => undefined),
      isPaid: (runId: string) => store.isPaidByOther(id, runId).catch(() => false),
    };
    // Where the store does not say it, the question is run for itself.
    const first = await firstOf(id).catch((error: unknown) => {
      if (error instanceof StoreError) return undefined;
      throw error;
    });
    if (first === undefined) return ask(question, own);
    const shared = { identity: first.id, askedAt: first.askedAt };
    try {
      return await ask({ ...question, window: first.window }, { ...own, ...shared });
    } catch (error) {
      const isStopped = error instanceof EngineError && error.code === 'cancelled';
      if (!isStopped || options.signal.aborted) throw error;
      // Whoever asked first has stopped the run in another process.
      return ask(question, own);
    }
  };
}
