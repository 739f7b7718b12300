import { type AwsReply, type AwsRequest, json } from './aws-request.ts';
import type { DdlByGlue } from './ddl-by-glue.ts';
import { forward } from './forward.ts';

/** A workgroup as ministack describes it. */
interface SelectWorkgroup {
  readonly Name: string;
  readonly Configuration: {
    readonly ResultConfiguration?: { readonly OutputLocation: string };
    readonly BytesScannedCutoffPerQuery: number;
  };
}

/** Who runs which statements. */
export interface AthenaServers {
  readonly ministack: string;
  /** The Athena of our own that runs SELECTs. */
  readonly selects: string;
  /** Called with the workgroup of a SELECT as ministack has it, before it runs. */
  readonly onSelect: (workgroup: SelectWorkgroup) => void;
  readonly ddl: DdlByGlue;
}

/** Calls about the executions of SELECTs, of which only our own Athena knows. */
const OF_SELECTS: ReadonlySet<string> = new Set([
  'BatchGetQueryExecution',
  'GetQueryResults',
  'StopQueryExecution',
]);

/**
 * Sends Athena's calls on: workgroups, CREATE and DROP TABLE to ministack, SELECTs to our own Athena, which DuckDB
 * answers, and the DDL that neither knows to Glue.
 */
export function createAthenaRoute(servers: AthenaServers): (request: AwsRequest) => Promise<AwsReply> {
  const { ministack, selects, ddl } = servers;
  return async (request) => {
    if (OF_SELECTS.has(request.action)) return forward(selects, request);
    const asked: Readonly<Record<string, unknown>> = JSON.parse(String(request.body));
    if (request.action === 'GetQueryExecution') {
      const QueryExecution = ddl.execution(String(asked.QueryExecutionId));
      return QueryExecution === undefined ? forward(ministack, request) : json({ QueryExecution });
    }
    if (request.action !== 'StartQueryExecution') return forward(ministack, request);
    const statement = String(asked.QueryString);
    if (/^(WITH|SELECT)\b/.test(statement)) return startSelect(request, String(asked.WorkGroup), servers);
    const QueryExecutionId = await ddl.start(statement);
    return QueryExecutionId === undefined ? forward(ministack, request) : json({ QueryExecutionId });
  };
}

/** The workgroup of a SELECT is the one in ministack: its place for results, and its limit. */
async function startSelect(
  request: AwsRequest,
  workgroup: string,
  { ministack, selects, onSelect }: AthenaServers,
): Promise<AwsReply> {
  const headers = { ...request.headers, 'x-amz-target': 'AmazonAthena.GetWorkGroup' };
  const body = Buffer.from(JSON.stringify({ WorkGroup: workgroup }));
  const found = await forward(ministack, { ...request, headers, body });
  if (found.status !== 200) return found;
  onSelect(JSON.parse(String(found.body)).WorkGroup);
  return forward(selects, request);
}
