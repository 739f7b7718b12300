import { join } from 'node:path';
import type { Config } from './config.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

/** Opens what must survive a restart, in the folder that is configured. */
export function openStore({ stateFolder }: Pick<Config, 'stateFolder'>): ReturnType<typeof openSqliteStore> {
  return openSqliteStore(join(stateFolder, 'state.db'));
}
