import type { Glue } from '@aws-sdk/client-glue';
import type { Tables } from '../../../core/lake/tables.ts';
import {
  addPartitionsDdl,
  createDatabaseDdl,
  createTableDdl,
  dropTableDdl,
} from '../../../core/sql/hive-ddl.ts';
import { calling, callingOrNothing } from '../../fault/calling.ts';
import { allPages } from '../pages.ts';
import { readPartition, readTable } from './read-table.ts';
import { type DdlParts, runDdl } from './run-ddl.ts';
import { createWorkgroup, findWorkgroup } from './workgroups.ts';

/** What tables need. */
export interface AwsTablesParts extends DdlParts {
  readonly glue: () => Promise<Glue>;
  readonly home: Tables['home'];
}

/** Tables in Glue's catalog: read from Glue, which answers at once, and changed by DDL through Athena. */
export function createAwsTables(parts: AwsTablesParts): Tables {
  const { glue, athena, home } = parts;
  const run = (ddl: string, signal: AbortSignal) => runDdl(parts, ddl, signal);
  return {
    home,
    workgroup: async (name, signal) => findWorkgroup(await athena(), name, signal),
    createWorkgroup: async (wanted, signal) => createWorkgroup(await athena(), wanted, signal),
    async hasDatabase(database, signal) {
      const found = await ifThere('glue:GetDatabase', signal, async () =>
        (await glue()).getDatabase({ Name: database }, { abortSignal: signal }),
      );
      return found !== undefined;
    },
    createDatabase: (database, signal) => run(createDatabaseDdl(database), signal),
    async table(database, name, signal) {
      const found = await ifThere('glue:GetTable', signal, async () =>
        (await glue()).getTable({ DatabaseName: database, Name: name }, { abortSignal: signal }),
      );
      return found?.Table && readTable(database, found.Table);
    },
    createTable: (spec, signal) => run(createTableDdl(spec), signal),
    dropTable: (database, name, signal) => run(dropTableDdl(database, name), signal),
    async partitions(database, name, signal) {
      const request = { DatabaseName: database, TableName: name, ExcludeColumnSchema: true };
      const found = await allPages((NextToken) =>
        calling('glue:GetPartitions', signal, async () => {
          const page = await (await glue()).getPartitions({ ...request, NextToken }, { abortSignal: signal });
          return { items: page.Partitions ?? [], next: page.NextToken };
        }),
      );
      return found.map(readPartition);
    },
    addPartitions: (spec, partitions, signal) => run(addPartitionsDdl(spec, partitions), signal),
  };
}

function ifThere<T>(call: string, signal: AbortSignal, send: () => Promise<T>): Promise<T | undefined> {
  return callingOrNothing(call, ({ code }) => code === 'not-found', signal, send);
}
