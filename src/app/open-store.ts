import { join } from 'node:path';
import type { Stores } from '../core/operation/stores.ts';
import { openSqliteScans } from '../store/sqlite-scans.ts';
import { openSqliteStores } from '../store/sqlite-store.ts';
import type { Config } from './config.ts';

/** Opens what must survive a restart, in the folder that is configured; `owner` names this process in it. */
export function openStores({ stateFolder }: Pick<Config, 'stateFolder'>, owner: string): Stores {
  return openSqliteStores(join(stateFolder, 'state.db'), { owner });
}

/** Opens the memory of what questions read, in the same file. */
export function openScans({ stateFolder }: Pick<Config, 'stateFolder'>): ReturnType<typeof openSqliteScans> {
  return openSqliteScans(join(stateFolder, 'state.db'));
}
