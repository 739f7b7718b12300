import type { Tables } from '../../core/ports/cloud/tables.ts';
import { SAMPLE_NETWORK } from '../sample/network/network.ts';
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
    async createTable(spec) {
      if ((await find(spec.database, spec.name)) !== undefined) return;
      const table: SampleTable = {
        ...spec,
        columns: spec.columns.map((each) => ({ ...each })),
        partitionKeys: spec.partitionKeys.map((each) => ({ ...each })),
        properties: { ...spec.properties },
        partitions: [],
      };
      await state.change((current) => ({ ...current, tables: [...current.tables, table] }));
    },
    dropTable: (database, name) =>
      state.change((current) => ({ ...current, tables: [...others(current, database, name)] })),
    partitions: async (database, name) => (await find(database, name))?.partitions ?? [],
    async addPartitions({ database, name }, added) {
      const table = await find(database, name);
      if (table === undefined) return;
      const there = new Set(table.partitions.map(({ values }) => values.join('/')));
      const missing = added
        .filter(({ values }) => !there.has(values.join('/')))
        .map(({ values, location }) => ({ values: [...values], location }));
      await state.change((current) => ({
        ...current,
        tables: [
          ...others(current, database, name),
          { ...table, partitions: [...table.partitions, ...missing] },
        ],
      }));
    },
  };
}
