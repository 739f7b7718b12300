import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { ColumnTypes } from './store-database.ts';

/**
 * The tables as they were when migrations began. Files of all earlier versions come to the same: they lack tables and
 * columns, and have other words for two states.
 */
export async function createFirstTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await createQuestions(db, types);
  await createOperations(db, types);
  await createEndings(db, types);
  await createNames(db, types);
  await finished(
    db.schema
      .createTable('scan')
      .ifNotExists()
      .addColumn('question', types.text, (column) => column.primaryKey())
      .addColumn('version', types.whole, (column) => column.notNull())
      .addColumn('chosen', types.text, (column) => column.notNull()),
    types,
  );
  await addLaterColumns(db, types);
  await renameStates(db);
}

/** Makes a table that refuses values of other types. */
export function finished(table: CreateTableBuilder<string, string>, { strict }: ColumnTypes): Promise<void> {
  return (strict === undefined ? table : table.modifyEnd(strict)).execute();
}

async function createQuestions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, whole, real } = types;
  await finished(
    db.schema
      .createTable('question')
      .ifNotExists()
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('line', text, (column) => column.notNull())
      .addColumn('person', text, (column) => column.notNull())
      .addColumn('zone', text, (column) => column.notNull())
      .addColumn('place', text, (column) => column.notNull())
      .addColumn('channel', text, (column) => column.notNull().defaultTo(''))
      .addColumn('thread', text, (column) => column.notNull().defaultTo(''))
      .addColumn('asked_ms', whole, (column) => column.notNull())
      .addColumn('outcome', text)
      .addColumn('row_count', whole)
      .addColumn('scanned_bytes', whole)
      .addColumn('dollars', real)
      .addColumn('elapsed_ms', whole)
      .addColumn('run_id', text)
      .addColumn('estimated_bytes', whole)
      .addColumn('finished_ms', whole)
      .addColumn('set_aside', real)
      .addColumn('owner', text, (column) => column.notNull().defaultTo(''))
      .addColumn('lease_ms', whole, (column) => column.notNull().defaultTo(0)),
    types,
  );
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('question');
  await index('question_in_flight').column('asked_ms').where(sql.ref('outcome'), 'is', null).execute();
  await index('question_finished').column('finished_ms').where(sql.ref('outcome'), 'is not', null).execute();
}

async function createOperations(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, whole } = types;
  await finished(
    db.schema
      .createTable('operation')
      .ifNotExists()
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('line', text, (column) => column.notNull())
      .addColumn('person', text, (column) => column.notNull())
      .addColumn('channel', text, (column) => column.notNull())
      .addColumn('plan', text, (column) => column.notNull())
      .addColumn('planned_ms', whole, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('request', text)
      .addColumn('claimed_by', text)
      .addColumn('claimed_ms', whole)
      .addColumn('planned_in', text, (column) => column.notNull().defaultTo('')),
    types,
  );
  await finished(
    db.schema
      .createTable('step')
      .ifNotExists()
      .addColumn('operation', text, (column) => column.notNull().references('operation.id'))
      .addColumn('position', whole, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('words', text, (column) => column.notNull())
      .addColumn('facts', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('step_key', ['operation', 'position']),
    types,
  );
}

async function createEndings(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, whole } = types;
  await finished(
    db.schema
      .createTable('ending')
      .ifNotExists()
      .addColumn('flow_log', text, (column) => column.primaryKey())
      .addColumn('resource', text, (column) => column.notNull())
      .addColumn('place_left', text, (column) => column.notNull())
      .addColumn('due_ms', whole, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('since_ms', whole, (column) => column.notNull())
      .addColumn('account', text, (column) => column.notNull().defaultTo(''))
      .addColumn('region', text, (column) => column.notNull().defaultTo('')),
    types,
  );
}

async function createNames(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, whole } = types;
  await finished(
    db.schema
      .createTable('name_span')
      .ifNotExists()
      .addColumn('id', types.serial, (column) => column.primaryKey())
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('region', text, (column) => column.notNull())
      .addColumn('of_key', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('interface', text, (column) => column.notNull())
      .addColumn('vpc', text, (column) => column.notNull())
      .addColumn('from_ms', whole)
      .addColumn('to_ms', whole),
    types,
  );
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('name_span');
  await index('name_span_of').column('of_key').execute();
  await index('name_span_open').columns(['account', 'region']).where(sql.ref('to_ms'), 'is', null).execute();
  await finished(
    db.schema
      .createTable('name_site')
      .ifNotExists()
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('region', text, (column) => column.notNull())
      .addColumn('seen_ms', whole, (column) => column.notNull())
      .addPrimaryKeyConstraint('name_site_key', ['account', 'region']),
    types,
  );
}

/** Columns that came after the first version, by table: with a default where they may not be null. */
function laterColumns({ text, whole, real }: ColumnTypes) {
  return [
    ...['channel', 'thread', 'owner'].map((name) => ({ table: 'question', name, type: text, usual: '' })),
    { table: 'question', name: 'estimated_bytes', type: whole },
    { table: 'question', name: 'set_aside', type: real },
    { table: 'question', name: 'lease_ms', type: whole, usual: 0 },
    { table: 'operation', name: 'planned_in', type: text, usual: '' },
    ...['account', 'region'].map((name) => ({ table: 'ending', name, type: text, usual: '' })),
  ];
}

async function addLaterColumns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const tables = await db.introspection.getTables();
  const has = (table: string, name: string) =>
    tables.some((each) => each.name === table && each.columns.some((column) => column.name === name));
  for (const { table, name, type, usual } of laterColumns(types).filter(
    (each) => !has(each.table, each.name),
  ))
    await db.schema
      .alterTable(table)
      .addColumn(name, type, (column) => (usual === undefined ? column : column.notNull().defaultTo(usual)))
      .execute();
}

/** Only words that no state has now. */
async function renameStates(db: Kysely<unknown>): Promise<void> {
  const endings = db.withTables<{ ending: { state: string } }>();
  for (const [earlier, state] of Object.entries({ telling: 'notifying', told: 'notified' }))
    await endings.updateTable('ending').set({ state }).where('state', '=', earlier).execute();
}
