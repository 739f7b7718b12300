import { LEASE_LASTS_MS, SAME_QUESTION_MS } from '../core/answer/store.ts';
import { withDeadline } from '../core/deadline.ts';
import { type Cloud, CloudError } from '../core/lake/cloud.ts';
import type { NameBook } from '../core/lake/name-book.ts';
import type { NameHistory } from '../core/lake/name-history.ts';
import type { SourceBook } from '../core/lake/source-book.ts';
import type { Stores } from '../core/operation/stores.ts';
import { deleteExpired } from '../operations/expiry/delete-expired.ts';
import { type NotifyParts, notifyEndings } from '../operations/expiry/notify-endings.ts';
import type { Job } from './job.ts';

/** Callbacks for the results of the jobs. */
export interface JobEvents {
  readonly failed: (error: unknown, job: Job) => void;
  /** Flow logs that were deleted because their time was over. */
  readonly deleted: (flowLogIds: readonly string[]) => void;
  /** Flow logs whose tags alone say that their time is over; each once. */
  readonly unproven?: (flowLogIds: readonly string[]) => void;
  /** Posts an ending where the flow log was set up; undefined for a process that reaches no thread: another one posts it. */
  readonly endings?: Pick<NotifyParts, 'notify' | 'ended'>;
}

const LOOK_FOR_EXPIRED_MS = 60_000;

/** Deletes flow logs whose time is over, and says so where they were set up. */
export function expiryJob(
  cloud: Cloud,
  { endings, journal, store }: Stores,
  { database, now }: { readonly database: string; readonly now: () => Date },
  events: JobEvents,
): Job {
  /** What is unproven is said once, for as long as it stays so. */
  let reported: ReadonlySet<string> = new Set();
  async function runOnce(signal: AbortSignal): Promise<void> {
    const doubtful = new Set<string>();
    const unproven = (ids: readonly string[]) => {
      const news = ids.filter((id) => !reported.has(id));
      for (const id of ids) doubtful.add(id);
      if (news.length > 0) events.unproven?.(news);
    };
    try {
      const deleted = await deleteExpired({ cloud, endings, journal, now, unproven }, signal);
      reported = doubtful;
      if (deleted.length > 0) events.deleted(deleted);
    } catch (error) {
      // An account that was not looked at may have what was said before.
      reported = new Set([...reported, ...doubtful]);
      // What was deleted is reported also where something else could not be deleted.
      events.failed(error, job);
    }
    if (events.endings === undefined) return;
    const { tables } = cloud;
    await notifyEndings({ endings, journal, store, tables, database, now, ...events.endings }, signal);
  }
  const job: Job = {
    name: 'delete flow logs whose time is over',
    everyMs: LOOK_FOR_EXPIRED_MS,
    async run(stopped) {
      await withDeadline(LOOK_FOR_EXPIRED_MS, runOnce, stopped);
    },
  };
  return job;
}

/** The leases of the questions in flight with this process. */
export interface Leases {
  /** Renews them, so that the questions stay with this process. */
  readonly job: Job;
  /**
   * Whether a lease that is over says that its process is gone. Where this process could not renew its own for a while, because it
   * stood still or the store was away, others may not have been able to either: they get the time of a lease.
   */
  areTelling(): boolean;
}

const RENEW_EVERY_MS = LEASE_LASTS_MS / 4;
/** Longer than this no renewal takes, unless something keeps it. */
const MISSED_MS = 2 * RENEW_EVERY_MS;

export function createLeases({ store }: Pick<Stores, 'store'>, now: () => Date): Leases {
  let renewedMs = now().getTime();
  let tellingFromMs = Number.NEGATIVE_INFINITY;
  return {
    job: {
      name: 'renew the leases of questions in flight',
      everyMs: RENEW_EVERY_MS,
      async run() {
        await store.renewLeases(now());
        const atMs = now().getTime();
        if (atMs - renewedMs > MISSED_MS) tellingFromMs = atMs + LEASE_LASTS_MS;
        renewedMs = atMs;
      },
    },
    areTelling() {
      const atMs = now().getTime();
      return atMs - renewedMs <= MISSED_MS && atMs >= tellingFromMs;
    },
  };
}

/** How many processes work on the store. */
export interface Share {
  readonly processes: () => number;
  /** Says that this one does, and counts them. */
  readonly job: Job;
}

/** Until it has counted, and where the store is away, the last number holds: one at first. */
export function createShare({ beat }: Pick<Stores, 'beat'>, now: () => Date): Share {
  let processes = 1;
  return {
    processes: () => processes,
    job: {
      name: 'count the processes on this store',
      everyMs: LEASE_LASTS_MS / 4,
      async run() {
        processes = await beat(now());
      },
    },
  };
}

const DAY_MS = 86_400_000;
const SWEEP_MS = 60 * 60_000;

/** Forgets what nothing needs any more: the database stays as large as what was asked in so many days. */
export function sweepJob(
  { store, journal, endings, scans, audit }: Omit<Stores, 'names' | 'backup' | 'close'>,
  { historyDays, auditDays, now }: SweepSettings,
): Job {
  return {
    name: 'forget what was asked long ago',
    everyMs: SWEEP_MS,
    async run() {
      const before = new Date(now().getTime() - historyDays * DAY_MS);
      await store.sweep(before);
      await scans.sweep(new Date(now().getTime() - SAME_QUESTION_MS));
      await journal.sweep(before);
      await endings.sweep(before);
      const at = now();
      if (auditDays !== undefined) await audit.sweep(new Date(at.getTime() - auditDays * DAY_MS), at);
    },
  };
}

interface SweepSettings {
  readonly historyDays: number;
  /** The audit is kept for ever without it. */
  readonly auditDays?: number | undefined;
  readonly now: () => Date;
}

/** A name that lasted shorter may be missed; each time costs one call for 1,000 interfaces of a region with flow logs. */
const NOTE_NAMES_MS = 10 * 60_000;

/** Writes down what addresses are called now, for questions about today that are asked later; forgets what is too old. */
export function nameJob(
  { book, names, history }: NameJobParts,
  { nameDays, now }: { readonly nameDays: number; readonly now: () => Date },
): Job {
  return {
    name: 'remember what addresses are called',
    everyMs: NOTE_NAMES_MS,
    async run(signal) {
      await history.sweep(new Date(now().getTime() - nameDays * DAY_MS));
      try {
        const { sources } = await book.found(signal);
        await names.noteAll(sources.map(({ account, region }) => ({ account, region })));
      } catch (error) {
        // Where AWS does not answer, questions say so: names alone are no reason to.
        if (!(error instanceof CloudError)) throw error;
      }
    },
  };
}

interface NameJobParts {
  readonly book: SourceBook;
  readonly names: Pick<NameBook, 'noteAll'>;
  readonly history: Pick<NameHistory, 'sweep'>;
}
