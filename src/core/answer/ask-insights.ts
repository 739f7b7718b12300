import { type Billed, EngineError } from '../errors.ts';
import { eachSlotOnce } from '../lake/log-group-files.ts';
import type { InsightsPlan, ScannedObject, UnreadObject } from '../lake/scan.ts';
import type { Engine, OnStart, Run, Statement } from './engine.ts';
import { stopped } from './turns.ts';

/** What Logs Insights gave, as files that can be read. */
export interface InsightsAnswer {
  /** Of the query; empty where none had to be run any more. */
  readonly id: string;
  readonly scannedBytes: number;
  readonly objects: readonly ScannedObject[];
  /** Slots of which not all records were given; those that were are in `objects`. */
  readonly unread: readonly UnreadObject[];
  /** What of it hides records, a clause each. */
  readonly notes: readonly string[];
}

/**
 * Runs a query, or finds the one that was run for the same question. @throws EngineError with what is billed all the same; CloudError
 * where nothing was run.
 */
export type AskInsights = (
  plan: InsightsPlan,
  how: { readonly identity?: string | undefined; readonly onStart?: OnStart | undefined },
  signal: AbortSignal,
) => Promise<InsightsAnswer>;

const NOTHING: InsightsAnswer = { id: '', scannedBytes: 0, objects: [], unread: [], notes: [] };

/** An engine on this machine that has Logs Insights asked first, where a scan says so. Such a run is billed. */
export function createInsightsEngine(
  engine: Engine,
  { ask, elapsedMs }: { readonly ask: AskInsights; readonly elapsedMs: () => number },
): Engine {
  return {
    ...engine,
    async run(statement, take, signal, onStart) {
      const { insights: plans, ...scan } = statement.scan;
      if (plans === undefined) return engine.run(statement, take, signal, onStart);
      const beganMs = elapsedMs();
      let answer = NOTHING;
      try {
        // One after the other: what one of them costs is not spent any more once another has failed.
        for (const plan of plans) {
          const started = (id: string) => (answer.id === '' ? onStart?.(id) : undefined);
          const how = { identity: statement.identity, onStart: async (id: string) => started(id) };
          answer = addedTo(answer, await ask(plan, how, signal));
        }
        const objects = eachSlotOnce([...scan.objects, ...answer.objects]);
        const run = await runOver(objects, { ...statement, scan }, engine, take, signal);
        return runOf(
          run,
          answer,
          { objects, notes: [...scan.notes, ...answer.notes] },
          elapsedMs() - beganMs,
        );
      } catch (error) {
        throw charged(error, answer, signal);
      }
    },
  };
}

const NO_FILES = { filesRead: 0, unread: [], unreadableLines: 0 };

/** Where nothing came there is nothing to read. */
async function runOver(
  objects: readonly ScannedObject[],
  statement: Statement,
  engine: Engine,
  take: Parameters<Engine['run']>[1],
  signal: AbortSignal,
): Promise<Pick<Run, keyof typeof NO_FILES | 'fetched'>> {
  if (objects.length === 0) return NO_FILES;
  return engine.run({ ...statement, scan: { ...statement.scan, objects } }, take, signal);
}

function runOf(
  run: Pick<Run, keyof typeof NO_FILES | 'fetched'>,
  { id, scannedBytes, unread }: InsightsAnswer,
  insights: NonNullable<Run['insights']>,
  elapsedMs: number,
): Run {
  return { ...run, id, scannedBytes, unread: [...run.unread, ...unread], insights, elapsedMs, reused: false };
}

function addedTo(some: InsightsAnswer, more: InsightsAnswer): InsightsAnswer {
  return {
    id: some.id === '' ? more.id : some.id,
    scannedBytes: some.scannedBytes + more.scannedBytes,
    objects: [...some.objects, ...more.objects],
    unread: [...some.unread, ...more.unread],
    notes: [...some.notes, ...more.notes],
  };
}

/** A question that fails is charged for the queries that were run for it. */
function charged(error: unknown, { id, scannedBytes }: InsightsAnswer, signal: AbortSignal): unknown {
  if (id === '') return error;
  const own = error instanceof EngineError ? error.billed : undefined;
  const billed: Billed = {
    runId: own?.runId ?? id,
    ...own,
    by: 'Logs Insights',
    scannedBytes: scannedBytes + (own?.scannedBytes ?? 0),
  };
  if (error instanceof EngineError)
    return new EngineError(error.code, error.message, { cause: error.cause, billed });
  if (signal.aborted) return stopped(signal, error, billed);
  return new EngineError('broken', error instanceof Error ? error.message : String(error), {
    cause: error,
    billed,
  });
}
