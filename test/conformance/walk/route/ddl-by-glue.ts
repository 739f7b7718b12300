import { randomUUID } from 'node:crypto';
import { EntityNotFoundException, type Glue } from '@aws-sdk/client-glue';
import { type AddedPartition, readDdl } from './read-ddl.ts';

/** DDL that ministack's Athena does not know, carried out by the Glue call that it comes to on AWS. */
export interface DdlByGlue {
  /** Runs a statement, if it is one of ours, and returns its id. */
  start(statement: string): Promise<string | undefined>;
  /** What became of a statement that was started here. */
  execution(id: string): object | undefined;
}

/** Runs DDL on Glue. The statement is read by us, so its grammar is not judged here: sqlglot reads it elsewhere. */
export function createDdlByGlue(glue: Glue): DdlByGlue {
  const executions = new Map<string, object>();

  async function run(statement: string): Promise<object> {
    const ddl = readDdl(statement);
    if (ddl === undefined) return failed(`mismatched input: ${statement.slice(0, 60)}`);
    try {
      if ('partitions' in ddl) return await addPartitions(glue, ddl);
      await glue.createDatabase({ DatabaseInput: { Name: ddl.database } }).catch(unlessThere);
      return SUCCEEDED;
    } catch (error) {
      return failed(String(error));
    }
  }

  return {
    async start(statement) {
      if (!/^(CREATE DATABASE|ALTER TABLE) /.test(statement)) return undefined;
      const id = randomUUID();
      const Status = await run(statement);
      executions.set(id, { QueryExecutionId: id, Query: statement, StatementType: 'DDL', Status });
      return id;
    },
    execution: (id) => executions.get(id),
  };
}

const SUCCEEDED = { State: 'SUCCEEDED' };

function failed(StateChangeReason: string): object {
  return { State: 'FAILED', StateChangeReason };
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AlreadyExistsException') throw error;
}

interface Added {
  readonly database: string;
  readonly table: string;
  readonly partitions: readonly AddedPartition[];
}

async function addPartitions(glue: Glue, { database, table, partitions }: Added): Promise<object> {
  const request = { DatabaseName: database, Name: table };
  const found = await glue.getTable(request).catch((error: unknown) => {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  });
  if (found?.Table === undefined) return failed(`SemanticException [Error 10001]: Table not found ${table}`);
  const keys = (found.Table.PartitionKeys ?? []).map(({ Name }) => Name);
  const wrong = partitions.find((each) => each.keys.join() !== keys.join());
  if (wrong !== undefined)
    return failed(`Partition spec {${wrong.keys}} does not match the keys of ${table}`);
  const { Errors = [] } = await glue.batchCreatePartition({
    DatabaseName: database,
    TableName: table,
    PartitionInputList: partitions.map(({ values, location }) => ({
      Values: [...values],
      StorageDescriptor: { ...found.Table?.StorageDescriptor, Location: location },
    })),
  });
  const [fault] = Errors.filter(({ ErrorDetail }) => ErrorDetail?.ErrorCode !== 'AlreadyExistsException');
  return fault === undefined ? SUCCEEDED : failed(`${fault.ErrorDetail?.ErrorMessage}`);
}
