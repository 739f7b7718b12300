import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'lossless-json';
import { z } from 'zod';
import { executionParameters, stringLiteral } from '../../../src/aws/athena/start-execution.ts';
import type { Sql } from '../../../src/core/sql/sql.ts';

/** Cells as Athena gives them: text, and null for NULL. */
export type TextRow = readonly (string | null)[];

/** What a statement came to. */
export interface TrinoResult {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly TextRow[];
}

const answer = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string() })).optional(),
  data: z.array(z.array(z.union([z.string(), z.boolean(), z.null()]))).optional(),
  error: z.object({ errorName: z.string(), message: z.string() }).optional(),
});

const HEADERS = { 'X-Trino-User': 'flowlog', 'X-Trino-Catalog': 'hive', 'X-Trino-Time-Zone': 'UTC' };
const BUSY_MS = 100;

/**
 * Runs a statement on a Trino to its end, its values bound as Athena binds execution parameters: as literals of SQL.
 * @throws Error in Trino's words, after the name of its fault.
 */
export async function runTrino(endpoint: string, { text, bound }: Sql): Promise<TrinoResult> {
  const using = executionParameters({ text, bound });
  const whole =
    using.length === 0 ? text : `EXECUTE IMMEDIATE ${stringLiteral(text)} USING ${using.join(', ')}`;
  const rows: TextRow[] = [];
  let columns: readonly string[] = [];
  let said = await call(`${endpoint}/v1/statement`, { method: 'POST', body: whole });
  for (;;) {
    if (said.error !== undefined) throw new Error(`${said.error.errorName}: ${said.error.message}`);
    columns = said.columns?.map(({ name }) => name) ?? columns;
    rows.push(...(said.data ?? []).map((row) => row.map((cell) => (cell === null ? null : String(cell)))));
    if (said.nextUri === undefined) return { id: said.id, columns, rows };
    said = await call(said.nextUri);
  }
}

async function call(url: string, request: RequestInit = {}): Promise<z.infer<typeof answer>> {
  const response = await fetch(url, { ...request, headers: HEADERS });
  if (response.status === 503) {
    await pause(BUSY_MS);
    return call(url, request);
  }
  // Numbers stay text: those past 2^53 would be rounded.
  return answer.parse(parse(await response.text(), undefined, (number) => number));
}

const facts = z.object({
  inputs: z.array(
    z.object({
      schema: z.string(),
      table: z.string(),
      columns: z.array(z.object({ name: z.string() })),
      connectorInfo: z.object({ partitionIds: z.array(z.string()).optional() }).optional(),
    }),
  ),
  queryStats: z.object({ physicalInputDataSize: z.string(), physicalInputPositions: z.number() }),
});

/** What a statement read, as Trino counted. */
export interface TrinoReading {
  /** The columns of each scan, by the name of its table; a table that is scanned twice is there twice. */
  readonly scans: readonly {
    readonly table: string;
    readonly columns: readonly string[];
    readonly partitions: readonly string[];
  }[];
  readonly bytes: number;
  readonly records: number;
}

/** Asks what a statement read that has ended. */
export async function trinoReading(endpoint: string, id: string): Promise<TrinoReading> {
  const response = await fetch(`${endpoint}/v1/query/${id}`, { headers: HEADERS });
  const { inputs, queryStats } = facts.parse(await response.json());
  return {
    scans: inputs.map(({ schema, table, columns, connectorInfo }) => ({
      table: `${schema}.${table}`,
      columns: columns.map(({ name }) => name).toSorted(),
      partitions: (connectorInfo?.partitionIds ?? []).toSorted(),
    })),
    bytes: bytesOf(queryStats.physicalInputDataSize),
    records: queryStats.physicalInputPositions,
  };
}

/** Trino writes sizes as `1234B`. */
function bytesOf(size: string): number {
  const [, bytes] = /^(\d+)B$/.exec(size) ?? [];
  if (bytes === undefined) throw new RangeError(`no size in bytes: ${size}`);
  return Number(bytes);
}
