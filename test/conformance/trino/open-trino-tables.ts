import { inject } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { createAsk } from '../../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import type { Engine } from '../../../src/core/answer/engine.ts';
import type { AdoptedTable } from '../../../src/core/lake/adopted-table.ts';
import { createCloudSources } from '../../../src/core/lake/cloud-sources.ts';
import { type S3Source, UNLISTED_PLACE } from '../../../src/core/lake/log-source.ts';
import { onlyThroughTables } from '../../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../../src/core/lake/read-tables.ts';
import type { TableSchema } from '../../../src/core/lake/tables.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { withValues } from '../../../src/core/sql/literals.ts';
import { createStateFile } from '../../../src/playground/aws/cloud/sample-state.ts';
import { createSampleTables } from '../../../src/playground/aws/cloud/sample-tables.ts';
import { aSource } from '../../support/a-source.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { runTrino, type TrinoReading, trinoReading } from './run-trino.ts';

/** An answer from a table, and what Trino read for it. */
export interface FromTable {
  readonly answer: Answer;
  readonly reading: TrinoReading;
  /** The rows as Trino returned them, with those that coverage is made of. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The statement, its values in the places of their marks. */
  readonly text: string;
}

const DAY_SECONDS = 86_400;

/**
 * The app over a table that flowlog did not make and of which it has no list of files, by Trino alone: what Glue would say of
 * the table is given, and the rest is real.
 */
export async function openTrinoTables(now: Date, table: AdoptedTable, schema: TableSchema) {
  const sample = createSampleTables(createStateFile(await tempFolder('glue')));
  const limit = { name: 'flowlog', resultLocation: 's3://results/', scanLimitBytes: 50_000_000_000 };
  const workgroup = async () => ({ ...limit, enforced: true });
  const tables = { ...sample, workgroup, schema: async () => schema };
  const source: S3Source = {
    ...aSource('lake'),
    ...{ place: UNLISTED_PLACE, fields: [], resource: undefined, flowLog: undefined, adopted: table },
  };
  let last: Omit<FromTable, 'answer'> | undefined;
  const engine: Engine = {
    name: 'athena',
    bills: true,
    async run({ text, bound }, take) {
      const { id, columns, rows } = await runTrino(inject('trino'), { text, bound });
      last = { rows, text: withValues({ text, bound }), reading: await trinoReading(inject('trino'), id) };
      await take({ columns, rows });
      const { bytes: scannedBytes } = last.reading;
      return {
        scannedBytes,
        filesRead: 0,
        elapsedMs: 1,
        reused: false,
        id,
        unread: [],
        unreadableLines: undefined,
      };
    },
  };
  const found = { sources: [source], logGroups: [], others: [], problems: [], foundAt: now };
  const read = createReadTables({
    ...{ tables, database: 'flowlog', workgroup: 'flowlog', now: () => now },
    lakeOf: () => {
      throw new RangeError('there is no list of files');
    },
  });
  const cloud = { name: 'aws', sites: async () => [], tables } as const;
  const ask = createAsk({
    sources: createCloudSources({ cloud, book: { found: async () => found }, read: onlyThroughTables(read) }),
    engine,
    prices: DEFAULT_PRICES,
    longestWindowSeconds: DAY_SECONDS,
    now: () => now,
  });
  const { signal } = new AbortController();
  return async (line: string): Promise<FromTable> => {
    const question = readRequest(line, { catalog, now, zone: 'UTC', longestWindowSeconds: DAY_SECONDS });
    if (!('query' in question)) throw new RangeError(`${line} is no question`);
    const answer = await ask(question, { signal });
    if (last === undefined) throw new RangeError('nothing was run');
    return { answer, ...last };
  };
}
