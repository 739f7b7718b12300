import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { inOneLine, plural, showBytes } from '../core/wording.ts';
import { copyStores } from '../store/copy-stores.ts';
import { refuseInUse } from '../store/in-use.ts';
import type { StorePlace } from '../store/open-stores.ts';
import type { StoreCommand, StoreSide } from '../terminal/store-command.ts';
import type { Config } from './config.ts';
import { openState } from './open-store.ts';
import { openStateFolder } from './state-folder.ts';
import type { World } from './this-process.ts';

type StateConfig = Pick<Config, 'databaseUrl' | 'stateFolder'>;

/** Does something with the stores as a whole. @returns what was done, in a sentence. @throws UserError @throws StoreError */
export async function runStoreCommand(
  command: StoreCommand,
  config: StateConfig,
  world: World,
): Promise<string> {
  switch (command.kind) {
    case 'backup':
      return backUp(command.file, config, world);
    case 'move':
      return move(command.to, config, world);
  }
}

async function backUp(file: string, config: StateConfig, { newId }: World): Promise<string> {
  if (config.databaseUrl === undefined) refuseMissing(config);
  const target = resolve(file);
  const stores = await openState(config, newId());
  try {
    await stores.backup(target);
  } finally {
    await stores.close();
  }
  return `\`${inOneLine(target, LONGEST_PATH)}\` is a copy of all that survives a restart, ${showBytes(statSync(target).size)}.`;
}

async function move(to: StoreSide, config: StateConfig, { now }: World): Promise<string> {
  const { databaseUrl } = config;
  if (databaseUrl === undefined)
    throw new UserError('`DATABASE_URL` is not set, so that there is no database to move to or from.', {
      hint: 'Set it to `postgres://user:password@host:5432/database` for this one command.',
    });
  const path = stateFile(config);
  const [file, database]: readonly [StorePlace, StorePlace] = [{ path }, { databaseUrl }];
  if (to === 'postgres') refuseMissing(config);
  else await openStateFolder(config.stateFolder);
  const [source, target] = to === 'postgres' ? [file, database] : [database, file];
  await refuseInUse(source, now());
  const copied = plural(await copyStores(source, target), 'row');
  return to === 'postgres'
    ? `${copied} were copied from \`${path}\`, which stays as it is, into the database of \`DATABASE_URL\`. Keep that set, and start flowlog again.`
    : `${copied} were copied into \`${path}\` from the database of \`DATABASE_URL\`, which stays as it is. Take that variable away, and start flowlog again.`;
}

const LONGEST_PATH = 1_000;

function stateFile({ stateFolder }: StateConfig): string {
  return join(stateFolder, 'state.db');
}

/** A command must not make an empty state file, as a start does. */
function refuseMissing(config: StateConfig): void {
  const path = stateFile(config);
  if (existsSync(path)) return;
  throw new UserError(`There is no state file \`${path}\`.`, {
    hint: 'Set `FLOWLOG_STATE` to the folder in which flowlog keeps it.',
  });
}
