import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Stores } from '../core/operation/stores.ts';
import { openStores } from '../store/open-stores.ts';
import type { Config } from './config.ts';

/**
 * Opens what must survive a restart, in the database or the folder that is configured; `id` is never that of another
 * process. @throws StoreError when it cannot be used, with what to do.
 */
export function openState(
  { databaseUrl, stateFolder }: Pick<Config, 'databaseUrl' | 'stateFolder'>,
  id: string,
  now: () => Date,
): Promise<Stores> {
  const place = databaseUrl === undefined ? { path: join(stateFolder, 'state.db') } : { databaseUrl };
  return openStores(place, { owner: ownerOf(process.pid, id), isGone, now });
}

/**
 * The name of a process in the store: its host, its process id, and what distinguishes it from an earlier one of that
 * id.
 */
export function ownerOf(pid: number, id: string): string {
  return `${hostname()} ${pid} ${id}`;
}

/**
 * Whether a process of this machine has ended, so that its questions need not wait for the end of their leases. For
 * another machine, and for an id that another process has by now, that is unknown.
 */
export function isGone(owner: string): boolean {
  const [host, pid = ''] = owner.split(' ');
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  try {
    // Signal 0 is not delivered: it only checks that the process exists.
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
