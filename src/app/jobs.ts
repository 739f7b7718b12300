import type { Stores } from '../core/operation/stores.ts';
import { deleteExpired } from '../operations/expiry/delete-expired.ts';
import { type TellParts, tellEndings } from '../operations/expiry/tell-endings.ts';
import type { Backend } from './backend.ts';
import { repeat } from './job.ts';

/** Who is told what went on by itself. */
export interface Background {
  readonly failed: (error: unknown) => void;
  /** Flow logs that were deleted because their time was over. */
  readonly deleted: (flowLogIds: readonly string[]) => void;
  /** Flow logs whose tags alone say that their time is over; each once. */
  readonly unproven?: (flowLogIds: readonly string[]) => void;
  /** Tells it where they were set up; undefined for a process that reaches no thread: another one tells it. */
  readonly endings?: Pick<TellParts, 'tell' | 'ended'>;
}

/** What goes on in the background needs. */
export interface BackgroundParts {
  readonly backend: Backend;
  readonly stores: Stores;
  readonly database: string;
  readonly now: () => Date;
}

const LOOK_FOR_EXPIRED_MS = 60_000;

/** Lets files land, and looks for flow logs whose time is over. Returns what stops it. */
export function inBackground(
  { backend, stores, database, now }: BackgroundParts,
  told: Background,
): () => void {
  const { start, cloud, looksAfter } = backend;
  const stop = start(told.failed);
  if (!looksAfter) return stop;
  const { endings, journal, store } = stores;
  const toldOf = new Set<string>();
  const unproven = (ids: readonly string[]) => {
    const news = ids.filter((id) => !toldOf.has(id));
    for (const id of news) toldOf.add(id);
    if (news.length > 0) told.unproven?.(news);
  };
  const look = async () => {
    const signal = AbortSignal.timeout(LOOK_FOR_EXPIRED_MS);
    const deleted = await deleteExpired({ cloud, endings, journal, now, unproven }, signal);
    if (deleted.length > 0) told.deleted(deleted);
  };
  const tell = async () => {
    if (told.endings === undefined) return;
    const { tables } = cloud;
    const signal = AbortSignal.timeout(LOOK_FOR_EXPIRED_MS);
    await tellEndings({ endings, journal, store, tables, database, now, ...told.endings }, signal);
  };
  // What another look could not delete is no reason to keep what was deleted to ourselves.
  const stopLooking = repeat(LOOK_FOR_EXPIRED_MS, () => look().catch(told.failed).then(tell), told.failed);
  return () => {
    stop();
    stopLooking();
  };
}
