import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { verdictWords } from '../core/operation/audit.ts';
import type { Stores } from '../core/operation/stores.ts';
import { inOneLine, plural, showBytes } from '../core/wording.ts';
import { clearKept } from '../duckdb/kept/kept-folder.ts';
import { copyStores } from '../store/copy-stores.ts';
import { refuseInUse } from '../store/in-use.ts';
import type { StorePlace } from '../store/open-stores.ts';
import type { StoreCommand, StoreSide } from '../terminal/store-command.ts';
import { type AuditOutput, writeAudit } from './audit-export.ts';
import type { Config } from './config.ts';
import { openState } from './open-store.ts';
import { keptFolder, openStateFolder } from './state-folder.ts';
import type { World } from './this-process.ts';

type StateConfig = Pick<Config, 'databaseUrl' | 'stateFolder' | 'cache'>;

/** Does something with the stores as a whole. @returns what was done, in a sentence; nothing where that would be among an export. @throws UserError @throws StoreError */
export async function runStoreCommand(
  command: StoreCommand,
  config: StateConfig,
  world: World,
  output: AuditOutput,
): Promise<string> {
  switch (command.kind) {
    case 'verify':
      return verify(config, world);
    case 'export':
      return exportAudit(command, config, world, output);
    case 'backup':
      return backUp(command.file, config, world);
    case 'move':
      return move(command.to, config, world);
    case 'clear':
      return clearCache(config);
  }
}

async function clearCache(config: StateConfig): Promise<string> {
  const folder = keptFolder(config);
  if (folder === undefined) return 'Nothing is kept: `FLOWLOG_CACHE` is `off`.';
  const { files, bytes } = await clearKept(folder);
  return `${plural(files, 'kept file')}, ${showBytes(bytes)}, removed from \`${inOneLine(resolve(folder), LONGEST_PATH)}\`.`;
}

async function backUp(file: string, config: StateConfig, world: World): Promise<string> {
  const target = resolve(file);
  await withStores(config, world, (stores) => stores.backup(target));
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

/** @throws UserError where the chain breaks, so that scripts see it in the exit code. */
async function verify(config: StateConfig, world: World): Promise<string> {
  return withStores(config, world, async ({ audit }) => {
    const verdict = await audit.verify();
    if (verdict.holds) return verdictWords(verdict);
    throw new UserError(verdictWords(verdict), {
      hint: 'Compare it with an earlier export or backup: docs/audit.md says how.',
    });
  });
}

async function exportAudit(
  command: StoreCommand & { readonly kind: 'export' },
  config: StateConfig,
  world: World,
  output: AuditOutput,
): Promise<string> {
  return withStores(config, world, async ({ audit }) => {
    const { form, since, to } = command;
    const facts = { form, ...(since && { since: since.toISOString() }), to: to ?? 'standard output' };
    const by = { person: 'terminal', subject: '', line: '' };
    // Before it is read: the export has itself as its last entry.
    await audit.note({ kind: 'audit exported', at: world.now(), ...by, facts });
    const written = await writeAudit(audit.entries(since), { form, to }, output);
    return to === undefined
      ? ''
      : `${plural(written, 'entry', 'entries')} of the audit are in \`${inOneLine(resolve(to), LONGEST_PATH)}\`.`;
  });
}

async function withStores<T>(
  config: StateConfig,
  { newId, now }: World,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl === undefined) refuseMissing(config);
  const stores = await openState(config, newId(), now);
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
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
