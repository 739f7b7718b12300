import { dirname, join } from 'node:path';
import type { Coverage } from '../../../../src/core/query/coverage.ts';
import { flow, NOON } from '../../../support/flow.ts';
import { openLake } from '../../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../../../support/write-lake.ts';

/** The first five-minute slot after that of the good file. */
export const SLOT = NOON + 300;

/** What an answer says about a lake of one good file and one other. */
export interface Reported {
  /** Source ports of the records that were read; the good file holds one, 50001. */
  readonly ports: readonly unknown[];
  /** Why the other file failed; undefined when it did not. */
  readonly reason: string | undefined;
  readonly coverage: Coverage;
}

/** Puts a file of any content next to a good one of the same day, and asks for the half hour after noon. */
export async function withGoodFile(
  name: string,
  bytes: string | Uint8Array,
  now = LONG_AFTER,
): Promise<Reported> {
  const folder = await tempFolder();
  const [good = ''] = await writeLake(folder, [flow(NOON + 30)]);
  await writeBytes(join(folder, dirname(good), name), bytes);
  const { ask, close } = await openLake(folder, now);
  const { rows, coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T12:30Z');
  await close();
  const failed = coverage.filesFailed.find(({ key }) => key === join(dirname(good), name));
  const ports = rows.map(({ srcport }) => srcport).toSorted((a, b) => Number(a) - Number(b));
  return { ports, reason: failed?.reason, coverage };
}

/** The name that AWS would give the other file: of the slot after the good one's. */
export function nameOf(ending: string): string {
  return `012345678901_vpcflowlogs_eu-central-1_fl-0123456789abcdef0_20260305T1205Z_0a0a0a0a.${ending}`;
}
