import type { Engine } from '../../core/answer/engine.ts';
import type { AskedLine, Finished, QuestionOutcome } from '../../core/answer/store.ts';
import { Interrupted, TakenOver } from '../../core/answer/turns.ts';
import { UserError } from '../../core/errors.ts';
import {
  type AnswerRequests,
  endOfRequest,
  type RequestResult,
  type UserRequest,
} from '../../core/operation/answer-requests.ts';
import { isCommand, type QuestionOrCommand } from '../../core/operation/request.ts';
import type { Coverage } from '../../core/query/coverage.ts';
import type { Window } from '../../core/time/window.ts';

/**
 * How a request ended, as the log and the metrics say it. Beyond the outcomes that are remembered it may have been
 * refused before it began, be paused, because the process stops and the next one takes the request up, or be taken over by
 * another process, which says how it ended.
 */
export type EndOutcome = QuestionOutcome | 'refused' | 'paused' | 'taken-over';

/**
 * What is said of a request that ended. Not its line, which may name addresses: who may read that finds it in the store,
 * by the id.
 */
export interface QuestionEnd
  extends Omit<Finished, 'outcome' | 'estimatedBytes' | 'elapsedMs' | 'finishedAt'> {
  readonly id: string;
  readonly person: string;
  readonly channel: string;
  /** The first word of its line: the name of a query or of an operation. */
  readonly query: string;
  /** Undefined for a command without one, and where only the line is known. */
  readonly window: Window | undefined;
  readonly outcome: EndOutcome;
  /** From when it was asked, so that waiting counts, also across a restart. */
  readonly elapsedMs: number;
  /** Empty for a command. */
  readonly engine: Engine['name'] | '';
  /** Of an answer. */
  readonly coverage: Coverage | undefined;
}

/** What is known of a request while it is open. */
type OpenedRequest = Pick<QuestionEnd, 'id' | 'person' | 'channel' | 'query' | 'window' | 'engine'> &
  Pick<UserRequest, 'askedAt'>;

export interface WatchRequestsParts {
  readonly engine: Engine['name'];
  readonly now: () => Date;
  /** Called once for each request that ends in this process, whatever becomes of it. */
  readonly ended: (end: QuestionEnd) => void;
  /** Called with how many requests of another process, whose lease ran out, were taken over. */
  readonly tookOver: (count: number) => void;
}

/** Requests that are watched. */
export interface WatchedRequests {
  readonly requests: AnswerRequests;
  /** How many were begun or taken up and have not ended. */
  inFlight(): number;
  /** Says of those that have not ended that they are paused. Called when the process stops. */
  stop(): void;
}

/** Answers requests as before, and says of each how it ended. */
export function watchRequests(asking: AnswerRequests, parts: WatchRequestsParts): WatchedRequests {
  const { engine, now, ended, tookOver } = parts;
  const open = new Map<string, OpenedRequest>();

  function opened({ question, ...request }: UserRequest): OpenedRequest {
    const { id, person, channel, askedAt } = request;
    const asked = { query: nameOf(question), window: question.window };
    return { id, person, channel, askedAt, ...asked, engine: isCommand(question) ? '' : engine };
  }

  function end(request: OpenedRequest, outcome: EndOutcome, result?: RequestResult): void {
    open.delete(request.id);
    const { askedAt, ...known } = request;
    const { rows, scannedBytes, dollars, runId } = result === undefined ? NOTHING : endOfRequest(result);
    const answer = result !== undefined && 'answer' in result ? result.answer : undefined;
    // In an account some questions are answered without Athena.
    const read = { engine: answer?.engine ?? known.engine, coverage: answer?.coverage };
    const elapsedMs = now().getTime() - askedAt.getTime();
    ended({ ...known, ...read, outcome, rows, scannedBytes, dollars, elapsedMs, runId });
  }

  const requests: AnswerRequests = {
    ...asking,
    async begin(request, most) {
      try {
        const isNew = await asking.begin(request, most);
        if (isNew) open.set(request.id, opened(request));
        return isNew;
      } catch (error) {
        end(opened(request), error instanceof UserError ? 'refused' : 'crashed');
        throw error;
      }
    },
    async answer(request, options, deliver) {
      const asked = opened(request);
      open.set(request.id, asked);
      let result: RequestResult | undefined;
      let outcome: EndOutcome = 'crashed';
      try {
        const onTakenOver = () => {
          outcome = 'taken-over';
          options.onTakenOver?.();
        };
        await asking.answer(request, { ...options, onTakenOver }, async (came) => {
          result = came;
          await deliver(came);
          outcome = 'error' in came && came.isPaused ? 'paused' : endOfRequest(came).outcome;
        });
      } catch (error) {
        if (error instanceof Interrupted) outcome = error instanceof TakenOver ? 'taken-over' : 'paused';
        throw error;
      } finally {
        end(asked, outcome, result);
      }
    },
    async unfinished(whose) {
      const found = await asking.unfinished(whose);
      const others = found.filter(({ id }) => !open.has(id)).length;
      if (whose === 'left behind' && others > 0) tookOver(others);
      return found;
    },
    async abandon(id) {
      const asked = open.get(id) ?? (await lookedUp(id));
      try {
        await asking.abandon(id);
      } finally {
        if (asked !== undefined) end(asked, 'crashed');
      }
    },
  };

  async function lookedUp(id: string): Promise<OpenedRequest | undefined> {
    const asked = await asking.find(id).catch(() => undefined);
    if (asked === undefined) return undefined;
    const { person, channel, askedAt } = asked;
    return { id, person, channel, askedAt, query: firstWord(asked), window: undefined, engine: '' };
  }

  return {
    requests,
    inFlight: () => open.size,
    stop() {
      for (const request of [...open.values()]) end(request, 'paused');
    },
  };
}

const NOTHING = { rows: 0, scannedBytes: 0, dollars: 0, runId: '' };

function nameOf(question: QuestionOrCommand): string {
  return isCommand(question) ? question.operation.name : question.query.name;
}

/** A line that was written down begins with the name of its entry. */
function firstWord({ line }: AskedLine): string {
  return line.split(' ', 1)[0] ?? '';
}
