import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsFault, invalid } from './aws-fault.ts';
import { type Execution, executionShape } from './execution.ts';
import type { Executions } from './executions.ts';
import type { Fault, FaultScript, Operation } from './faults.ts';
import { BATCH_GET, GET_RESULTS, inputOf, ONE, START } from './requests.ts';
import { resultPage } from './result-shape.ts';

const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' };

/** Serves Athena's JSON 1.1 protocol; nothing listens yet. */
export function serveAthena(executions: Executions, script: FaultScript): Server {
  return createServer(answerAthena(executions, script));
}

/** Answers calls of Athena; fails where the caller hangs up. */
export function answerAthena(
  executions: Executions,
  script: FaultScript,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      await serve(request, response, executions, script);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const { type, status, message, members } = error;
      response
        .writeHead(status, { ...JSON_1_1, date: timeOf(script).toUTCString() })
        .end(JSON.stringify({ __type: type, Message: message, ...members }));
    }
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  executions: Executions,
  script: FaultScript,
): Promise<void> {
  const body = await text(request);
  const operation = operationOf(request);
  const fault = script.take(operation);
  refuseStale(request, script);
  if (fault instanceof AwsFault) throw fault;
  if (fault === 'hang') return;
  if (fault === 'reset') return void request.socket.destroy();
  const answer = answerTo(operation, body, executions, fault);
  if (fault === 'answer lost') return void request.socket.destroy();
  if (typeof fault === 'object') await sleep(fault.slowMs);
  const written = JSON.stringify(answer);
  response.writeHead(200, { ...JSON_1_1, date: timeOf(script).toUTCString() });
  if (fault === 'stall') return void response.write(written.slice(0, written.length / 2));
  response.end(written);
}

function timeOf({ clock }: FaultScript): Date {
  return new Date(Date.now() + clock.aheadMs);
}

const STALE_MS = 5 * 60_000;

/** AWS takes no request that was signed five minutes ago, or will be. */
function refuseStale({ headers }: IncomingMessage, script: FaultScript): void {
  const signed = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  const server = timeOf(script);
  if (Math.abs(server.getTime() - Date.parse(signed)) < STALE_MS) return;
  const message = `Signature expired: ${signed} is now earlier than ${server.toISOString()} (5 min.)`;
  throw new AwsFault('InvalidSignatureException', message, 403);
}

function operationOf({ headers }: IncomingMessage): Operation {
  const [service, operation] = String(headers['x-amz-target']).split('.');
  const known: readonly string[] = Object.keys(ANSWERS);
  if (service !== 'AmazonAthena' || operation === undefined || !known.includes(operation))
    throw new AwsFault('UnknownOperationException', `no operation ${operation}`);
  return operation as Operation;
}

const ANSWERS: Readonly<
  Record<Operation, (body: string, executions: Executions, fault: Fault | undefined) => object>
> = {
  StartQueryExecution: (body, executions) => ({ QueryExecutionId: executions.start(inputOf(START, body)) }),
  StopQueryExecution: (body, executions) => {
    executions.stop(inputOf(ONE, body).QueryExecutionId);
    return {};
  },
  GetQueryResults: (body, executions) => {
    const { QueryExecutionId: id, MaxResults, NextToken } = inputOf(GET_RESULTS, body);
    return resultPage(found(executions, id), MaxResults, NextToken);
  },
  GetQueryExecution: (body, executions) => ({
    QueryExecution: executionShape(found(executions, inputOf(ONE, body).QueryExecutionId)),
  }),
  BatchGetQueryExecution: (body, executions, fault) => {
    const { QueryExecutionIds: ids } = inputOf(BATCH_GET, body);
    const known = ids.flatMap((id) => executions.find(id) ?? []);
    const shown = fault === 'unprocessed' ? [] : known;
    return {
      QueryExecutions: shown.map(executionShape),
      UnprocessedQueryExecutionIds: ids
        .filter((id) => !shown.some((execution) => execution.id === id))
        .map((QueryExecutionId) => ({
          QueryExecutionId,
          ErrorCode: 'INTERNAL_FAILURE',
          ErrorMessage: 'try again',
        })),
    };
  },
};

function answerTo(
  operation: Operation,
  body: string,
  executions: Executions,
  fault: Fault | undefined,
): object {
  return ANSWERS[operation](body, executions, fault);
}

function found(executions: Executions, id: string): Execution {
  const execution = executions.find(id);
  if (execution === undefined) throw invalid(`QueryExecution ${id} was not found`);
  return execution;
}
