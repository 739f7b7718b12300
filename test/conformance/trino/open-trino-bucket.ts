import { randomUUID } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { slotRangeOver } from '../../../src/core/flow-log/slots.ts';
import { folderSlots } from '../../../src/core/lake/lake.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { partitionsOf } from '../../../src/core/lake/partitions.ts';
import { type PartitionMode, tableFor } from '../../../src/core/lake/table-for.ts';
import { type OneBucket, openOneBucket } from '../../support/one-bucket.ts';
import { type JudgedRun, judgedEngine } from './judged-engine.ts';
import { runTrino } from './run-trino.ts';
import { trinoPartition, trinoTableDdl } from './trino-ddl.ts';

/** A bucket that is asked through Trino, and with the same statements through DuckDB. */
export interface TrinoBucket extends Pick<OneBucket, 'folder' | 'deliver' | 'ask'> {
  readonly name: string;
  /**
   * Makes the table of a source on both, by the DDL that Athena would get. Explicit partitions are added on Trino for
   * what is there now; on the other one questions add those that they need.
   */
  makeTable(source: S3Source, mode?: PartitionMode, keys?: readonly string[]): Promise<void>;
  /** The statements that were run so far. */
  readonly runs: readonly JudgedRun[];
}

const LONG_AGO = new Date('2024-01-01T00:00:00Z');

/** Opens a bucket of a name of its own, with the files of a folder. */
export async function openTrinoBucket(now: Date, filledFrom?: string): Promise<TrinoBucket> {
  const [trino, lake] = [inject('trino'), inject('trinoLake')];
  const name = `logs-${randomUUID()}`;
  const database = name.replaceAll('-', '_');
  const folder = join(lake, name);
  await mkdir(folder);
  if (filledFrom !== undefined) await cp(filledFrom, folder, { recursive: true });
  const runs: JudgedRun[] = [];
  const bucket = await openOneBucket(now, {
    ...{ folder, database },
    engineOver: (played) => judgedEngine(trino, played, (run) => void runs.push(run)),
  });
  const run = (text: string) => runTrino(trino, { text, bound: [] });
  await run(`CREATE SCHEMA "${database}" WITH (location = 'local:///${name}-schema')`);
  return {
    ...{ name, folder, runs, deliver: bucket.deliver, ask: bucket.ask },
    async makeTable(source, mode = 'projected', keys = []) {
      const spec = tableFor(source, { database, mode, since: LONG_AGO });
      await run(trinoTableDdl(spec));
      await bucket.makeTable(source, mode, LONG_AGO);
      const slotRange = slotRangeOver([
        ...folderSlots(
          '',
          keys.map((key) => key.slice(key.lastIndexOf('/') + 1)),
        ).values(),
      ]);
      if (mode === 'projected' || slotRange === undefined) return;
      const partitions = partitionsOf(
        source,
        slotRange,
        keys.map((key) => ({ key })),
      );
      for (const { partition, filled } of partitions) if (filled) await run(trinoPartition(spec, partition));
    },
  };
}
