import { BatchGetQueryExecutionCommand, type QueryExecution } from '@aws-sdk/client-athena';
import { withDeadline } from '../../core/deadline.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { untilAborted } from '../../core/until-aborted.ts';
import { chunks } from '../chunks.ts';
import { ATTEMPT_MS, type AthenaCalls, jittered, POLL_BACKOFF } from './athena-calls.ts';
import { createWatcher, type PendingState, unprocessedError, type Watcher } from './watcher.ts';

/** Waits for executions, all of them with the same few calls. */
export interface Poller {
  /**
   * Waits until an execution is over, whether it succeeded or not.
   * @throws the signal's reason at once when it is aborted; else the fault that ended the polling.
   */
  final(runId: string, signal: AbortSignal, onState?: (state: PendingState) => void): Promise<QueryExecution>;
}

/** A look serves all who wait: the abort of one of them does not stop it. */
const { signal: NEVER_ABORTED } = new AbortController();

/**
 * One loop for all executions in flight. Athena counts calls, not ids, so every look asks for all of them, as soon as
 * the one with the shortest pause is due.
 */
export function createPoller({ client, pace, sleep, random, attemptMs = ATTEMPT_MS }: AthenaCalls): Poller {
  const watchers = new Set<Watcher>();
  let running = false;
  let pause = { ms: 0, wake: new AbortController() };

  async function look(ids: readonly string[], pausedMs: number): Promise<void> {
    const waiting = (id: string | undefined) => [...watchers].filter(({ runId }) => runId === id);
    const missed = (id: string | undefined, error: unknown) => {
      for (const watcher of waiting(id)) watcher.miss(error, pausedMs);
    };
    await pace('BatchGetQueryExecution', NEVER_ABORTED);
    try {
      const command = new BatchGetQueryExecutionCommand({ QueryExecutionIds: [...ids] });
      const found = await withDeadline(attemptMs, (abortSignal) =>
        untilAborted(abortSignal, client.send(command, { abortSignal })),
      );
      for (const execution of found.QueryExecutions ?? [])
        for (const watcher of waiting(execution.QueryExecutionId)) watcher.see(execution);
      for (const each of found.UnprocessedQueryExecutionIds ?? [])
        missed(each.QueryExecutionId, unprocessedError(each));
    } catch (error) {
      // An answer that cannot be read counts as missed for the rest of the look, and the loop goes on.
      for (const id of ids) missed(id, error);
    }
  }

  async function watch(): Promise<void> {
    while (watchers.size > 0) {
      const shortest = Math.min(...[...watchers].map((watcher) => watcher.pauseMs()));
      pause = { ms: shortest, wake: new AbortController() };
      // Woken early by a watcher with a shorter pause, or because none is left: the pause is chosen anew.
      const isOver = await sleep(jittered(shortest, random), pause.wake.signal).then(
        () => true,
        () => false,
      );
      if (!isOver) continue;
      const ids = [...new Set([...watchers].map(({ runId }) => runId))];
      await Promise.all(chunks(ids, AWS_LIMITS.executionsPerCall).map((chunk) => look(chunk, shortest)));
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
        const failed = (error: unknown) => {
          leave();
          reject(error);
        };
        const ended = (execution: QueryExecution) => {
          leave();
          resolve(execution);
        };
        const stop = () => failed(signal.reason);
        const watcher = createWatcher(runId, { ended, failed, pending: onState });
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop);
        watchers.add(watcher);
        if (pause.ms > POLL_BACKOFF.firstMs) pause.wake.abort();
        if (!running) void watch();
        running = true;
      }),
  };
}
