import {
  type AthenaClient,
  BatchGetQueryExecutionCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import { AWS_LIMITS } from '../../core/aws-limits.ts';
import { type CallPatience, jittered } from './athena-calls.ts';
import {
  createWatcher,
  FIRST_PAUSE_MS,
  type PendingState,
  unprocessedError,
  type Watcher,
} from './watcher.ts';

/** What polling needs from outside. */
export interface PollerParts extends CallPatience {
  readonly client: Pick<AthenaClient, 'send'>;
}

/** Waits for executions, all of them with the same few calls. */
export interface Poller {
  /**
   * Waits until an execution is over, whatever came of it.
   * @throws the signal's reason at once when it is aborted; else what Athena answers to our asking.
   */
  final(runId: string, signal: AbortSignal, onState?: (state: PendingState) => void): Promise<QueryExecution>;
}

/** A look is for all who wait: none of them stops it. */
const { signal: NOBODYS } = new AbortController();

/**
 * One loop for all executions in flight. Calls are what Athena counts, not ids, so every look asks for all of them, as
 * soon as the most impatient wants it.
 */
export function createPoller({ client, pace, sleep, random }: PollerParts): Poller {
  const watchers = new Set<Watcher>();
  let running = false;
  let pause = { ms: 0, wake: new AbortController() };

  async function look(ids: readonly string[], pausedMs: number): Promise<void> {
    const waiting = (id: string | undefined) => [...watchers].filter(({ runId }) => runId === id);
    const missed = (id: string | undefined, error: unknown) => {
      for (const watcher of waiting(id)) watcher.miss(error, pausedMs);
    };
    await pace('BatchGetQueryExecution', NOBODYS);
    try {
      const found = await client.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: [...ids] }));
      for (const execution of found.QueryExecutions ?? [])
        for (const watcher of waiting(execution.QueryExecutionId)) watcher.hear(execution);
      for (const each of found.UnprocessedQueryExecutionIds ?? [])
        missed(each.QueryExecutionId, unprocessedError(each));
    } catch (error) {
      // An answer that cannot be read is none: what is left of the look is missed, and the loop goes on.
      for (const id of ids) missed(id, error);
    }
  }

  async function watch(): Promise<void> {
    while (watchers.size > 0) {
      const wanted = Math.min(...[...watchers].map((watcher) => watcher.pauseMs()));
      pause = { ms: wanted, wake: new AbortController() };
      // Somebody in more of a hurry came, or nobody is left: the pause is chosen anew.
      const whole = await sleep(jittered(wanted, random), pause.wake.signal).then(
        () => true,
        () => false,
      );
      if (!whole) continue;
      const ids = [...new Set([...watchers].map(({ runId }) => runId))];
      await Promise.all(batches(ids).map((batch) => look(batch, wanted)));
    }
    running = false;
  }

  return {
    final: (runId, signal, onState = () => {}) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          watchers.delete(watcher);
          signal.removeEventListener('abort', stop);
          if (watchers.size === 0) pause.wake.abort();
        };
        const lost = (error: unknown) => {
          leave();
          reject(error);
        };
        const over = (execution: QueryExecution) => {
          leave();
          resolve(execution);
        };
        const stop = () => lost(signal.reason);
        const watcher = createWatcher(runId, { over, lost, pending: onState });
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop);
        watchers.add(watcher);
        if (pause.ms > FIRST_PAUSE_MS) pause.wake.abort();
        if (!running) void watch();
        running = true;
      }),
  };
}

function batches(ids: readonly string[]): readonly (readonly string[])[] {
  const { executionsPerCall: most } = AWS_LIMITS;
  const amount = Math.ceil(ids.length / most);
  return Array.from({ length: amount }, (_, index) => ids.slice(index * most, (index + 1) * most));
}
