import { CloudError } from '../../../core/lake/cloud.ts';
import type { Tables } from '../../../core/lake/tables.ts';
import type { TablePartition } from '../../../core/sql/hive-ddl.ts';
import { SAMPLE_NETWORK } from '../network.ts';
import type { SampleState, StateFile } from './sample-state.ts';

type SampleTable = SampleState['tables'][number];

/** The catalog of the sample: tables are remembered, and the embedded engine reads the files themselves. */
export function createSampleTables(state: StateFile): Tables {
  const find = async (database: string, name: string): Promise<SampleTable | undefined> =>
    (await state.read()).tables.find((each) => each.database === database && each.name === name);
  const others = (current: SampleState, database: string, name: string) =>
    current.tables.filter((each) => each.database !== database || each.name !== name);

  return {
    home: async () => ({ account: SAMPLE_NETWORK.accountId, region: SAMPLE_NETWORK.region }),
    async workgroup(name) {
      const found = (await state.read()).workgroups[name];
      return found === undefined ? undefined : { name, ...found, enforced: true };
    },
    createWorkgroup: ({ name, resultLocation, scanLimitBytes }) =>
      state.change((current) => ({
        ...current,
        workgroups: { [name]: { resultLocation, scanLimitBytes }, ...current.workgroups },
      })),
    hasDatabase: async (database) => (await state.read()).databases.includes(database),
    createDatabase: (database) =>
      state.change((current) => ({ ...current, databases: [...new Set([...current.databases, database])] })),
    table: find,
    async schema({ catalog, database, name }) {
      const found = catalog === undefined ? await find(database, name) : undefined;
      return found && { columns: found.columns, partitionKeys: found.partitionKeys };
    },
    createTable(spec) {
      const table: SampleTable = {
        ...spec,
        columns: spec.columns.map((each) => ({ ...each })),
        partitionKeys: spec.partitionKeys.map((each) => ({ ...each })),
        properties: { ...spec.properties },
        partitions: [],
      };
      return state.change((current) => {
        const there = current.tables.length > others(current, spec.database, spec.name).length;
        return there ? current : { ...current, tables: [...current.tables, table] };
      });
    },
    dropTable: (database, name) =>
      state.change((current) => ({ ...current, tables: [...others(current, database, name)] })),
    partitions: async (database, name) => (await find(database, name))?.partitions ?? [],
    async addPartitions({ database, name }, added) {
      if ((await find(database, name)) === undefined) throw noTable(database, name);
      await state.change((current) => ({
        ...current,
        tables: current.tables.map((each) =>
          each.database === database && each.name === name ? withPartitions(each, added) : each,
        ),
      }));
    },
  };
}

function withPartitions(table: SampleTable, added: readonly TablePartition[]): SampleTable {
  const there = new Set(table.partitions.map(({ values }) => values.join('/')));
  const missing = added
    .filter(({ values }) => !there.has(values.join('/')))
    .map(({ values, location }) => ({ values: [...values], location }));
  return { ...table, partitions: [...table.partitions, ...missing] };
}

function noTable(database: string, name: string): CloudError {
  return new CloudError('not-found', {
    call: 'glue:BatchCreatePartition',
    fault: 'EntityNotFoundException',
    message: `Table ${database}.${name} not found`,
  });
}
