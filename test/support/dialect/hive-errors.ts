import { loadDialects } from './load-dialects.ts';
import { writeFaults } from './write-faults.ts';

/** What HiveSQL, in which Athena takes DDL, finds wrong with a statement; empty when it is right. */
export async function hiveErrors(ddl: string): Promise<readonly string[]> {
  const { hive } = await loadDialects();
  return writeFaults(hive.validate(ddl));
}
