import { UserError } from '../../core/errors.ts';
import type { S3Source } from '../../core/lake/log-source.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import type { PlannedStep } from '../../core/operation/plan.ts';
import {
  createDatabaseDdl,
  dropTableDdl,
  type TablePartition,
  type TableSpec,
} from '../../core/sql/hive-ddl.ts';
import { plural } from '../../core/wording.ts';
import {
  addPartitions,
  createDatabase,
  createTable,
  createWorkgroup,
  dropTable,
} from '../steps/table-steps.ts';

const FREE = { cost: 'free: DDL scans nothing' } as const;

/** Makes the workgroup and the database where they are missing. */
export async function catalogSteps(
  source: S3Source,
  { cloud, settings, signal }: Pick<OperationContext, 'cloud' | 'settings' | 'signal'>,
): Promise<readonly PlannedStep[]> {
  const { database, workgroup } = settings;
  const there = await cloud.tables.workgroup(workgroup, signal);
  const steps: PlannedStep[] = [];
  if (there === undefined) {
    refuseFarResults(source, settings, (await cloud.tables.home(signal)).region);
    steps.push(creatingWorkgroup(source, settings));
  }
  if (!(await cloud.tables.hasDatabase(database, signal)))
    steps.push(
      createDatabase.planned(
        { database },
        {
          words: `Create the database ${database}`,
          calls: [`athena:StartQueryExecution ${createDatabaseDdl(database)}`],
          ...FREE,
          undo: 'an empty database can be dropped',
        },
      ),
    );
  return steps;
}

/** Athena reads files of any region, and writes its results in its own only: not next to files in another one. */
function refuseFarResults(
  { name, region }: S3Source,
  { workgroup, resultLocation }: OperationContext['settings'],
  home: string,
): void {
  if (resultLocation !== undefined || region === home) return;
  throw new UserError(
    `The workgroup \`${workgroup}\` needs a place for its results in ${home}, where Athena runs; the files of ${name} are in ${region}.`,
    { hint: `Set \`FLOWLOG_ATHENA_RESULTS\` to \`s3://…/\` with a bucket in ${home}.` },
  );
}

function creatingWorkgroup(source: S3Source, settings: OperationContext['settings']): PlannedStep {
  const { workgroup: name, scanLimitBytes } = settings;
  const resultLocation = settings.resultLocation ?? `s3://${source.place.bucket}/athena-results/`;
  return createWorkgroup.planned(
    { name, resultLocation, scanLimitBytes },
    {
      words: `Create the workgroup ${name}: results go to ${resultLocation}, encrypted; a query stops at ${scanLimitBytes / 1_000_000_000} GB`,
      calls: [
        `athena:CreateWorkGroup ${name} (ResultConfiguration ${resultLocation} SSE_S3, EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery ${scanLimitBytes})`,
      ],
      cost: 'free',
      undo: 'a workgroup can be deleted',
    },
  );
}

/** A table as a plan writes it down. */
function plainSpec(spec: TableSpec) {
  return {
    ...spec,
    columns: spec.columns.map((each) => ({ ...each })),
    partitionKeys: spec.partitionKeys.map((each) => ({ ...each })),
    properties: { ...spec.properties },
  };
}

/** The step that adds a batch of partitions in one statement. */
export function addingPartitions(spec: TableSpec, partitions: readonly TablePartition[]): PlannedStep {
  const [first] = partitions;
  const last = partitions.at(-1);
  return addPartitions.planned(
    {
      spec: plainSpec(spec),
      partitions: partitions.map(({ values, location }) => ({ values: [...values], location })),
    },
    {
      words: `Add ${plural(partitions.length, 'partition')}, ${first?.values.at(-1)} to ${last?.values.at(-1)}`,
      calls: [
        `athena:StartQueryExecution ALTER TABLE ${spec.database}.${spec.name} ADD IF NOT EXISTS PARTITION … (${partitions.length} of them)`,
      ],
      ...FREE,
      undo: 'dropped with the table',
    },
  );
}

/** The step that makes a table. */
export function creatingTable(spec: TableSpec): PlannedStep {
  return createTable.planned(plainSpec(spec), {
    words: `Create the table ${spec.database}.${spec.name}: ${spec.columns.length} columns, ${spec.format}`,
    calls: [
      `athena:StartQueryExecution CREATE EXTERNAL TABLE ${spec.database}.${spec.name} …`,
      `glue:GetTable ${spec.name}`,
    ],
    ...FREE,
    undo: 'dropped by `teardown … table=drop`',
  });
}

/** The step that drops a table; files are not touched. */
export function droppingTable({ database, name }: Pick<TableSpec, 'database' | 'name'>): PlannedStep {
  return dropTable.planned(
    { database, name },
    {
      words: `Drop the table ${database}.${name}, which touches no file`,
      calls: [`athena:StartQueryExecution ${dropTableDdl(database, name)}`],
      ...FREE,
      undo: 'made again by `table`',
    },
  );
}
