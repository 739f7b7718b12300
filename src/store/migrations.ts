import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { z } from 'zod';
import { StoreError } from '../core/errors.ts';
import { createFirstTables, finished } from './first-tables.ts';
import { questionOf } from './kept-scans.ts';
import { type ColumnTypes, chunksOf, type StoreDatabase } from './store-database.ts';
import { storedJson } from './stored-json.ts';

/** All changes of the tables, in the order of their names: one that was released is never changed. */
function migrations(types: ColumnTypes): Readonly<Record<string, Migration>> {
  return {
    '0001 first tables': { up: (db: Kysely<unknown>) => createFirstTables(db, types) },
    '0002 facts, scans by question, threads': {
      async up(db: Kysely<unknown>) {
        await factsIntoTable(db, types);
        await scansByQuestion(db, types);
        await db.schema.createIndex('question_thread').on('question').column('thread').execute();
      },
    },
    '0003 equal questions': { up: (db: Kysely<unknown>) => equalQuestions(db, types) },
    '0004 audit': { up: (db: Kysely<unknown>) => auditTable(db, types) },
    '0005 processes': { up: (db: Kysely<unknown>) => processTable(db, types) },
    '0006 indexes for many questions': { up: indexesForMany },
  };
}

/** The table in which Kysely lists the migrations that were carried out. */
const CARRIED_OUT = 'kysely_migration';

/**
 * Brings the tables up to this version, whatever earlier version has made them: all changes or none.
 * @throws StoreError where a later version has changed them.
 */
export async function migrate({ db, types, schema }: StoreDatabase, where: string): Promise<void> {
  const known = migrations(types);
  const done = await carriedOut(db);
  const unknown = done.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0)
    throw new StoreError(
      'newer',
      `${where} was written by a newer version of flowlog, which knows \`${unknown[0]}\`.`,
      'Start that version or a later one, or restore a backup from before it was first started.',
    );
  if (done.length === Object.keys(known).length) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The names of the migrations that were carried out; none where there are no tables yet. */
async function carriedOut(db: StoreDatabase['db']): Promise<readonly string[]> {
  try {
    const migrated = db.withTables<{ [CARRIED_OUT]: { name: string } }>();
    const rows = await migrated.selectFrom(CARRIED_OUT).select('name').execute();
    return rows.map(({ name }) => name);
  } catch (error) {
    // The two databases have each its own code for a table that is not there.
    if (error instanceof StoreError) throw error;
    return [];
  }
}

async function equalQuestions(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  for (const name of ['same_key', 'same_as'])
    await db.schema
      .alterTable('question')
      .addColumn(name, text, (column) => column.notNull().defaultTo(''))
      .execute();
  await db.schema
    .createIndex('question_same')
    .on('question')
    .columns(['same_key', 'asked_ms'])
    .where(sql.ref('same_key'), '<>', '')
    .execute();
  await db.schema.createIndex('question_run').on('question').column('run_id').execute();
}

async function processTable(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await finished(
    db.schema
      .createTable('process')
      .addColumn('owner', types.text, (column) => column.primaryKey())
      .addColumn('seen_ms', types.whole, (column) => column.notNull()),
    types,
  );
}

/** What each question looks up takes as long after a hundred thousand questions as after one. */
async function indexesForMany(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('scan_asked').on('scan').column('asked').execute();
  await db.schema
    .createIndex('question_billed')
    .on('question')
    .columns(['finished_ms', 'dollars', 'outcome'])
    .where(sql.ref('dollars'), '>', sql.lit(0))
    .execute();
}

const FACTS = z.record(z.string(), z.string());

/** What steps found out was JSON in a column. */
async function factsIntoTable(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await finished(
    db.schema
      .createTable('fact')
      .addColumn('id', types.serial, (column) => column.primaryKey())
      .addColumn('operation', types.text, (column) => column.notNull())
      .addColumn('position', types.whole, (column) => column.notNull())
      .addColumn('name', types.text, (column) => column.notNull())
      .addColumn('value', types.text, (column) => column.notNull()),
    types,
  );
  await db.schema.createIndex('fact_step').on('fact').columns(['operation', 'position']).execute();
  await db.schema.createIndex('fact_value').on('fact').columns(['name', 'value']).execute();
  const before = db.withTables<{
    step: { operation: string; position: number; facts: string };
    operation: { id: string; planned_ms: number };
    fact: { operation: string; position: number; name: string; value: string };
  }>();
  const steps = await before
    .selectFrom('step')
    .innerJoin('operation', 'operation.id', 'step.operation')
    .select(['step.operation', 'step.position', 'step.facts'])
    .orderBy('operation.planned_ms')
    .orderBy('step.position')
    .execute();
  const facts = steps.flatMap(({ operation, position, facts }) =>
    Object.entries(storedJson(FACTS, facts, `what ${operation} found out`)).map(([name, value]) => {
      return { operation, position, name, value };
    }),
  );
  for (const rows of chunksOf(facts)) await before.insertInto('fact').values(rows).execute();
  await db.schema.alterTable('step').dropColumn('facts').execute();
}

/** A scan had only its identity, in which the question's id is the first word. */
async function scansByQuestion(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('scan')
    .addColumn('asked', text, (column) => column.notNull().defaultTo(''))
    .execute();
  const scans = db.withTables<{ scan: { question: string; asked: string } }>();
  for (const { question } of await scans.selectFrom('scan').select('question').execute())
    await scans
      .updateTable('scan')
      .set({ asked: questionOf(question) })
      .where('question', '=', question)
      .execute();
}

async function auditTable(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, whole } = types;
  await finished(
    db.schema
      .createTable('audit')
      .addColumn('number', whole, (column) => column.primaryKey())
      .addColumn('at_ms', whole, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('person', text, (column) => column.notNull())
      .addColumn('subject', text, (column) => column.notNull())
      .addColumn('line', text, (column) => column.notNull())
      .addColumn('facts', text, (column) => column.notNull())
      .addColumn('previous', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull()),
    types,
  );
  await db.schema.createIndex('audit_at').on('audit').column('at_ms').execute();
}
