import { join } from 'node:path';
import { openSqliteScans } from '../store/sqlite-scans.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Config } from './config.ts';

/** Opens what must survive a restart, in the folder that is configured. */
export function openStore({ stateFolder }: Pick<Config, 'stateFolder'>): ReturnType<typeof openSqliteStore> {
  return openSqliteStore(join(stateFolder, 'state.db'));
}

/** Opens the memory of what questions read, in the same file. */
export function openScans({ stateFolder }: Pick<Config, 'stateFolder'>): ReturnType<typeof openSqliteScans> {
  return openSqliteScans(join(stateFolder, 'state.db'));
}
