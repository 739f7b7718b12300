import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import { AWS_LIMITS } from '../../src/core/flow-log/aws-limits.ts';
import type { Random } from '../../src/playground/aws/random.ts';
import { createAllowance } from './allowance.ts';
import { exponentialMs } from './chance.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** An Athena with the quotas of an account, over files of which only the size counts. */
export interface AthenaAccount {
  /** What processes call; the bytes of an execution are in the comment of its statement. */
  readonly client: Pick<AthenaClient, 'send'>;
  /** How many calls were refused because they came too fast, or because too many executions were active. */
  refused(): number;
  /** Of all executions that ended. */
  scannedBytes(): readonly number[];
}

/** An answer of AWS is so far away. */
const [NEAREST_MS, FARTHEST_MS] = [15, 60] as const;

/**
 * What Athena itself needs: half a second in its queue, a second and a half for the plan and the start, and a second by chance;
 * then it reads two gigabytes a second. AWS promises none of these.
 */
const [QUEUED_MS, STARTING_MS, CHANCE_MS, BYTES_A_MS] = [500, 1_500, 1_000, 2_000_000] as const;

/** So many of the active executions run at a time; the others are queued. AWS does not say how many: it is half of the quota. */
const RUNNING_AT_ONCE = AWS_LIMITS.activeQueries / 2;

interface Execution {
  readonly id: string;
  readonly bytes: number;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'CANCELLED';
}

/** Writes the bytes of a scan into a statement, for this Athena to read them. */
export function statementReading(bytes: number): string {
  return `SELECT ${bytes} AS bytes`;
}

/** Creates an account without executions. */
export function createAthenaAccount(clock: VirtualClock, random: Random): AthenaAccount {
  const allowances = new Map(
    Object.entries(AWS_LIMITS.athenaCallsPerSecond).map(([call, perSecond]) => [
      call,
      createAllowance(perSecond, 1_000, clock.elapsedMs),
    ]),
  );
  const executions = new Map<string, Execution>();
  const idOfToken = new Map<string, string>();
  const queued: Execution[] = [];
  const ended: number[] = [];
  let [active, running, refused] = [0, 0, 0];

  function beginNext(): void {
    const next = running < RUNNING_AT_ONCE ? queued.shift() : undefined;
    if (next === undefined) return;
    // It may have been stopped while it waited.
    if (next.state !== 'QUEUED') {
      beginNext();
      return;
    }
    running += 1;
    next.state = 'RUNNING';
    const lastsMs = STARTING_MS + exponentialMs(CHANCE_MS, random) + next.bytes / BYTES_A_MS;
    clock.at(clock.elapsedMs() + lastsMs, () => end(next, 'SUCCEEDED'));
  }

  function end(execution: Execution, state: 'SUCCEEDED' | 'CANCELLED'): void {
    if (execution.state === 'SUCCEEDED' || execution.state === 'CANCELLED') return;
    if (execution.state === 'RUNNING') {
      running -= 1;
      // One that is stopped is charged for all of it: what it had read by then is not simulated.
      ended.push(execution.bytes);
    }
    execution.state = state;
    active -= 1;
    beginNext();
  }

  function start(token: string, text: string): string {
    const known = idOfToken.get(token);
    if (known !== undefined) return known;
    if (active >= AWS_LIMITS.activeQueries) {
      refused += 1;
      throw faultOf('TooManyRequestsException', 'CONCURRENT_QUERY_LIMIT_EXCEEDED');
    }
    const id = `execution-${executions.size}`;
    const bytes = Number(/\d+/.exec(text)?.[0]);
    const execution: Execution = { id, bytes, state: 'QUEUED' };
    idOfToken.set(token, id);
    executions.set(id, execution);
    active += 1;
    clock.at(clock.elapsedMs() + random.whole(QUEUED_MS / 2, QUEUED_MS), () => {
      // It may have been stopped meanwhile.
      if (execution.state !== 'QUEUED') return;
      queued.push(execution);
      beginNext();
    });
    return id;
  }

  async function send({ constructor: { name }, input }: Sent): Promise<object> {
    await clock.sleep(random.whole(NEAREST_MS, FARTHEST_MS));
    const call = name.replace(/Command$/, '');
    if ((allowances.get(call)?.take() ?? 0) > 0) {
      refused += 1;
      throw faultOf('ThrottlingException', 'Rate exceeded');
    }
    const {
      QueryExecutionIds = [],
      QueryExecutionId = '',
      ClientRequestToken = '',
      QueryString = '',
    } = input;
    switch (call) {
      case 'StartQueryExecution':
        return { QueryExecutionId: start(ClientRequestToken, QueryString) };
      case 'BatchGetQueryExecution':
        return { QueryExecutions: QueryExecutionIds.flatMap((id) => shown(executions.get(id))) };
      case 'StopQueryExecution': {
        const stopped = executions.get(QueryExecutionId);
        if (stopped !== undefined) end(stopped, 'CANCELLED');
        return {};
      }
      case 'GetQueryResults':
        return ONE_ROW;
      default:
        throw new RangeError(`no such call: ${call}`);
    }
  }

  return {
    client: { send: (command: unknown) => send(command as Sent) } as Pick<AthenaClient, 'send'>,
    refused: () => refused,
    scannedBytes: () => ended,
  };
}

/** What this Athena reads of a command of the SDK. */
interface Sent {
  readonly input: {
    readonly QueryString?: string;
    readonly ClientRequestToken?: string;
    readonly QueryExecutionId?: string;
    readonly QueryExecutionIds?: readonly string[];
  };
}

const ONE_ROW = {
  ResultSet: {
    ResultSetMetadata: { ColumnInfo: [{ Name: 'bytes' }] },
    Rows: [{ Data: [{ VarCharValue: 'bytes' }] }, { Data: [{ VarCharValue: '1' }] }],
  },
};

function shown(execution: Execution | undefined): readonly QueryExecution[] {
  if (execution === undefined) return [];
  const { id, state, bytes } = execution;
  return [
    {
      QueryExecutionId: id,
      StatementType: 'DML',
      Status: { State: state },
      Statistics: { DataScannedInBytes: bytes, TotalExecutionTimeInMillis: 1 },
    },
  ];
}

function faultOf(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
