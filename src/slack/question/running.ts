import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, StoppedBy } from '../../core/answer/turns.ts';
import type { QuestionOrCommand } from '../../core/operation/request.ts';
import { isYoungerThan } from '../../core/time/age.ts';
import { type Place, threadOf } from './place.ts';

/** The requests that are being answered. */
export interface RunningRequests {
  /** Does the work of a request, with a signal that ends it. Once the app stops, work begins with its signal aborted. */
  run(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  has(id: string): boolean;
  /** False when the request has ended. */
  stop(id: string, person: string): boolean;
  /** Ends all work so that it stays in flight, and waits at most `graceMs` for it to end. */
  interrupt(graceMs: number): Promise<void>;
}

/** Creates the list of running requests, empty. */
export function createRunningRequests(): RunningRequests {
  const working = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  let interrupted = false;
  return {
    async run(id, work) {
      const controller = new AbortController();
      if (interrupted) controller.abort(new Interrupted());
      const done = work(controller.signal).finally(() => working.delete(id));
      working.set(id, { controller, done });
      await done;
    },
    has: (id) => working.has(id),
    stop(id, person) {
      const found = working.get(id);
      found?.controller.abort(new StoppedBy(person));
      return found !== undefined;
    },
    async interrupt(graceMs) {
      interrupted = true;
      for (const { controller } of working.values()) controller.abort(new Interrupted());
      const grace = new AbortController();
      const ended = Promise.allSettled([...working.values()].map(({ done }) => done));
      await Promise.race([ended, sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
      grace.abort();
    },
  };
}

/** A request that was made a moment ago. */
export interface RecentRequest {
  readonly id: string;
  readonly place: Place;
}

/** Remembers who asked what where a moment ago: people ask again when Slack says that a command timed out. */
export interface RecentRequests {
  find(key: string): RecentRequest | undefined;
  remember(key: string, request: RecentRequest): void;
  /** A request that failed may be made again at once. */
  forget(key: string): void;
}

const A_MOMENT_MS = 10_000;

/** Creates the memory; a request is recent while it runs, and for ten seconds at least. */
export function createRecentRequests(now: () => Date, isRunning: (id: string) => boolean): RecentRequests {
  const remembered = new Map<string, RecentRequest & { readonly atMs: number }>();
  const isRecent = ({ id, atMs }: { id: string; atMs: number }) =>
    isYoungerThan(A_MOMENT_MS, atMs, now().getTime()) || isRunning(id);
  return {
    find(key) {
      const found = remembered.get(key);
      return found !== undefined && isRecent(found) ? found : undefined;
    },
    remember(key, { id, place }) {
      for (const [old, request] of remembered) if (!isRecent(request)) remembered.delete(old);
      remembered.set(key, { id, place, atMs: remembered.get(key)?.atMs ?? now().getTime() });
    },
    forget(key) {
      remembered.delete(key);
    },
  };
}

/** Equal for the same line of the same person in the same place. */
export function recentKey({ line }: QuestionOrCommand, place: Place): string {
  const thread = place.kind === 'thread' ? threadOf(place) : undefined;
  return JSON.stringify([place.person, place.channel, thread ?? '', line, place.wants ?? '']);
}
