import { EngineError, UserError } from '../errors.ts';
import { inCode, showBytes } from '../wording.ts';
import { tableWords } from './adopted-table.ts';
import { isListed, type S3Source } from './log-source.ts';
import type { LogTable } from './scan.ts';
import { readColumns } from './table-columns.ts';
import type { Tables } from './tables.ts';

export interface FindAdoptedParts {
  readonly tables: Tables;
  /** Where statements run; left out where nothing limits them. */
  readonly workgroup?: string;
}

/**
 * The table that flowlog.yml names for a source, with the columns that the catalog says it has.
 * @throws EngineError `missing-table` when it is not there, UserError when it is not as flowlog.yml says.
 */
export async function findAdopted(
  source: S3Source,
  parts: FindAdoptedParts,
  signal: AbortSignal,
): Promise<LogTable | undefined> {
  const { name, adopted } = source;
  if (adopted === undefined) return undefined;
  const { catalog, database, partitioning } = adopted;
  const schema = await parts.tables.schema(adopted, signal);
  if (schema === undefined)
    throw new EngineError(
      'missing-table',
      `flowlog.yml names the table ${tableWords(adopted)} for ${name}, which is not there or not to be seen: correct \`table\` of ${name}, or have flowlog granted to describe it`,
    );
  const columns = readColumns({ name, table: adopted, schema });
  const unlisted = isListed(source) ? undefined : await scanLimit(source, parts, signal);
  return {
    ...(catalog !== undefined && { catalog }),
    ...{ database, name: adopted.name },
    ...columns,
    ...(partitioning !== undefined && { partitioning }),
    ...(unlisted !== undefined && { unlisted }),
  };
}

/**
 * How much a statement over such a table reads is known only once it has run. The limit of the workgroup is what it reads
 * at most, so that without one nothing is run.
 */
async function scanLimit(
  { name }: S3Source,
  { tables, workgroup = '' }: FindAdoptedParts,
  signal: AbortSignal,
): Promise<LogTable['unlisted']> {
  const limit = workgroup === '' ? undefined : (await tables.workgroup(workgroup, signal))?.scanLimitBytes;
  if (limit !== undefined) return { atMostBytes: limit };
  throw new UserError(
    `How much a question about ${name} scans is not known before it has run, and the workgroup ${inCode(workgroup)} has no limit that would stop it.`,
    {
      hint: `Give it one, such as ${showBytes(SUGGESTED_LIMIT)}: \`aws athena update-work-group --work-group ${workgroup} --configuration-updates BytesScannedCutoffPerQuery=${SUGGESTED_LIMIT}\`.`,
    },
  );
}

/** About what a question may cost without approval, at the usual price. */
const SUGGESTED_LIMIT = 100_000_000_000;
