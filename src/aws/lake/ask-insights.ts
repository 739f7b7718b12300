import { createHash } from 'node:crypto';
import type { AskInsights, InsightsAnswer } from '../../core/answer/ask-insights.ts';
import { Interrupted, stopped } from '../../core/answer/turns.ts';
import { withDeadline } from '../../core/deadline.ts';
import { type Billed, EngineError, type EngineErrorCode } from '../../core/errors.ts';
import { LONGEST_INTERVAL_SECONDS } from '../../core/flow-log/slots.ts';
import { CloudError, type CloudErrorCode } from '../../core/lake/cloud.ts';
import { insightsText } from '../../core/lake/insights-query.ts';
import type { InsightsLook, InsightsQuery, InsightsRows, LogInsights } from '../../core/lake/log-insights.ts';
import type { InsightsPlan } from '../../core/lake/scan.ts';
import { ATTEMPT_MS, jittered, nextPause, POLL_BACKOFF, type RetryOptions } from '../athena/athena-calls.ts';
import { type FilesOfRowsParts, filesOfRows } from './files-of-rows.ts';
import { knownFiles, type ReadAddressesParts, rangeOf } from './read-addresses.ts';
import { createGroupTurns, insightsAt } from './slots-of-group.ts';

export type AskInsightsParts = ReadAddressesParts & FilesOfRowsParts & RetryOptions;

/** How long a person who pressed stop waits for what it cost. */
const COST_TIMEOUT_MS = 10_000;
/** Looks in a row that fail by a fault that passes, before a query that is paid for is given up. */
const MOST_MISSED = 5;

/** Asks Logs Insights, each group of slots for one question at a time, and makes files of what it gives. */
export function createAskInsights(parts: AskInsightsParts): AskInsights {
  const inTurn = createGroupTurns();

  async function answered(
    plan: InsightsPlan,
    { identity, onStart }: Parameters<AskInsights>[1],
    signal: AbortSignal,
  ): Promise<InsightsAnswer> {
    const insights = await insightsAt(plan.from, parts.cloud, signal);
    const { logGroup } = plan.from.events;
    const mark = `flowlog ${markOf(plan, identity ?? parts.newId())}`;
    // StartQuery takes no token: an attempt before a restart is found by the mark in its text.
    const found = identity === undefined ? undefined : await insights.find(logGroup, mark, signal);
    if (found === undefined) {
      // An equal question may have had them fetched while this one waited.
      const files = await knownFiles(plan, parts);
      if (files !== undefined) return { id: '', scannedBytes: 0, objects: files, unread: [], notes: [] };
    }
    const id = found ?? (await start(plan, mark, { ...parts, insights }, signal));
    try {
      await onStart?.(id);
      const rows = await finished(id, insights, parts, signal);
      return { id, scannedBytes: rows.scannedBytes, ...(await filesOfRows(plan, rows, parts, signal)) };
    } catch (error) {
      throw await endedBy(error, id, insights, signal);
    }
  }

  return (plan, how, signal) => inTurn(plan.group, signal, () => answered(plan, how, signal));
}

/** The same for every attempt at a question, whatever process makes it. */
function markOf({ group, slots }: InsightsPlan, identity: string): string {
  return createHash('sha256')
    .update(JSON.stringify([identity, group, rangeOf(slots)]))
    .digest('hex')
    .slice(0, 32);
}

const MOST_STARTS = 3;
/** A query that was started may be listed a moment later. */
const LISTED_MS = 2_000;

/**
 * Starts a query. A start that is under way is waited for: what has no known id cannot be stopped. After one that failed by a fault
 * that passes it is looked for first, since only the answer may be lost.
 */
async function start(
  plan: InsightsPlan,
  mark: string,
  { insights, sleep }: Pick<RetryOptions, 'sleep'> & { readonly insights: LogInsights },
  signal: AbortSignal,
): Promise<string> {
  const query = queryOf(plan, mark);
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await withDeadline(ATTEMPT_MS, (fresh) => insights.start(query, fresh));
    } catch (error) {
      if (!isPassing(error) || attempt === MOST_STARTS) throw error;
    }
    await sleep(LISTED_MS, signal);
    const found = await insights.find(query.logGroup, mark, signal);
    if (found !== undefined) return found;
  }
}

/** A record of a slot began up to the longest interval before it. */
function queryOf({ slots, from: { events } }: InsightsPlan, mark: string): InsightsQuery {
  const { fromSeconds, toSeconds } = rangeOf(slots);
  return {
    logGroup: events.logGroup,
    fromSeconds: fromSeconds - LONGEST_INTERVAL_SECONDS,
    toSeconds,
    text: insightsText(events.addresses, mark),
  };
}

/** Waits until a query is over. @throws EngineError where it gave no rows. */
async function finished(
  id: string,
  insights: LogInsights,
  { sleep, random }: RetryOptions,
  signal: AbortSignal,
): Promise<InsightsRows> {
  let missed = 0;
  for (let pauseMs = POLL_BACKOFF.firstMs; ; pauseMs = nextPause(pauseMs, POLL_BACKOFF)) {
    await sleep(jittered(pauseMs, random), signal);
    const look = await insights.look(id, signal).catch((error: unknown) => {
      missed += 1;
      if (!isPassing(error) || missed >= MOST_MISSED) throw error;
      return undefined;
    });
    if (look !== undefined) missed = 0;
    if (look?.state === 'complete') return insights.rows(id, signal);
    if (look?.state === 'stopped') throw new EngineError('cancelled', 'the query was stopped');
    if (look?.state === 'failed') throw new EngineError('broken', 'Logs Insights did not finish the query');
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof CloudError && (error.code === 'throttled' || error.code === 'broken');
}

/** The error of a question whose query gave no files, with what is charged for it. When the app itself stops, the query goes on. */
async function endedBy(
  error: unknown,
  id: string,
  insights: LogInsights,
  signal: AbortSignal,
): Promise<EngineError> {
  if (signal.reason instanceof Interrupted) return stopped(signal, error);
  // The question's own signal is aborted, and would abort these calls too.
  const billed = await withDeadline(COST_TIMEOUT_MS, (fresh) => stopAndBill(id, insights, fresh));
  if (signal.aborted) return stopped(signal, error, billed);
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(codeOf(error), message, { cause: error, billed });
}

async function stopAndBill(id: string, insights: LogInsights, signal: AbortSignal): Promise<Billed> {
  const look = () => insights.look(id, signal).catch((): InsightsLook | undefined => undefined);
  const isStopped = await insights.stop(id, signal).then(
    () => true,
    () => false,
  );
  const seen = await look();
  const goesOn = !isStopped && (seen === undefined || seen.state === 'under-way');
  return { runId: id, by: 'Logs Insights', scannedBytes: seen?.scannedBytes ?? 0, ...(goesOn && { goesOn }) };
}

const ENGINE_CODES: Readonly<Partial<Record<CloudErrorCode, EngineErrorCode>>> = {
  denied: 'denied',
  throttled: 'throttled',
  limit: 'throttled',
  expired: 'expired',
};

function codeOf(error: unknown): EngineErrorCode {
  if (error instanceof EngineError) return error.code;
  return (error instanceof CloudError && ENGINE_CODES[error.code]) || 'broken';
}
