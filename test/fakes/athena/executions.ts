import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../src/core/answer/engine.ts';
import { EngineError } from '../../../src/core/errors.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';
import { collected } from '../../support/collected.ts';
import { invalid } from './aws-fault.ts';
import { endOf } from './end-of.ts';
import type { Execution, Plan } from './execution.ts';
import type { StartInput } from './requests.ts';
import { resultFile } from './result-shape.ts';
import { refuseSeveral, substitute } from './substitute.ts';

/** How a workgroup is set. */
export interface FakeWorkgroup {
  readonly outputLocation?: string;
  readonly cutoffBytes?: number;
}

/** What runs in an account. */
export interface Account {
  readonly engine: Engine;
  readonly workgroups: Map<string, FakeWorkgroup>;
  /** The files of a database's tables. */
  readonly databases: Map<string, Scan>;
  readonly plans: Plan[];
  /** Puts a result where Athena does, before it reports that there is one. */
  readonly writeResult?: (location: string, file: string) => Promise<void>;
}

/** All executions of an account, by token once. */
export interface Executions {
  readonly all: readonly Execution[];
  start(input: StartInput): string;
  find(id: string): Execution | undefined;
  stop(id: string): void;
}

/** Runs statements as Athena does, each once for its token. */
export function createExecutions(account: Account): Executions {
  const all: Execution[] = [];

  function earlier(input: StartInput): Execution | undefined {
    const found = all.find((each) => each.input.ClientRequestToken === input.ClientRequestToken);
    if (found !== undefined && JSON.stringify(found.input) !== JSON.stringify(input))
      throw invalid('Idempotent parameters do not match');
    return found;
  }

  function reusedBy(input: StartInput): Execution | undefined {
    if (input.ResultReuseConfiguration === undefined) return undefined;
    const asked = (each: StartInput) =>
      JSON.stringify([
        each.QueryString,
        each.ExecutionParameters,
        each.QueryExecutionContext,
        each.WorkGroup,
      ]);
    return all.find(({ input: other, state }) => state === 'SUCCEEDED' && asked(other) === asked(input));
  }

  return {
    all,
    find: (id) => all.find((each) => each.id === id),
    stop(id) {
      const execution = all.find((each) => each.id === id);
      if (execution === undefined) throw invalid(`QueryExecution ${id} was not found`);
      execution.stop.abort();
    },
    start(input) {
      const same = earlier(input);
      if (same !== undefined) return same.id;
      const workgroup = account.workgroups.get(input.WorkGroup);
      if (workgroup === undefined) throw invalid('WorkGroup is not found.');
      if (workgroup.outputLocation === undefined) throw invalid(NO_LOCATION);
      refuseSeveral(input.QueryString);
      const text = substitute(input.QueryString, input.ExecutionParameters ?? []);
      const plan = account.plans.shift() ?? {};
      const execution: Execution = {
        id: randomUUID(),
        input,
        outputLocation: workgroup.outputLocation,
        stop: new AbortController(),
        reported: [...(plan.reported ?? [])],
        state: 'QUEUED',
        scannedBytes: 0,
        reused: false,
        startedMs: Date.now(),
        looks: 0,
        reads: 0,
      };
      const reused = reusedBy(input)?.run;
      all.push(execution);
      if (reused === undefined) void live(execution, text, plan, account);
      else Object.assign(execution, { state: 'SUCCEEDED', reused: true, run: reused });
      return execution.id;
    },
  };
}

const NO_LOCATION =
  'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.';

async function live(execution: Execution, text: string, plan: Plan, account: Account): Promise<void> {
  try {
    await run(execution, text, plan, account);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    end(execution, endOf(error));
  }
}

async function run(execution: Execution, text: string, plan: Plan, account: Account): Promise<void> {
  const { Database } = execution.input.QueryExecutionContext;
  const scan = account.databases.get(Database);
  const { signal } = execution.stop;
  const takes = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
  if (plan.queuedMs !== undefined) await takes(plan.queuedMs);
  execution.state = 'RUNNING';
  if (plan.runningMs !== undefined) await takes(plan.runningMs);
  if (plan.end !== undefined) return end(execution, plan.end);
  if (plan.endless !== undefined) {
    execution.scannedBytes = plan.endless.scannedBytes;
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    return end(execution, { state: 'CANCELLED', reason: 'Query cancelled by user' });
  }
  if (scan === undefined) throw new EngineError('rejected', `Table with name ${Database} does not exist`);
  const found = await collected(account.engine, { text, bound: [], scan }, signal);
  execution.scannedBytes = found.scannedBytes;
  const { cutoffBytes = Number.POSITIVE_INFINITY } = account.workgroups.get(execution.input.WorkGroup) ?? {};
  if (found.scannedBytes > cutoffBytes)
    return end(execution, { state: 'CANCELLED', reason: 'Bytes scanned limit was exceeded' });
  const file = `${execution.outputLocation}${execution.id}.csv`;
  await account.writeResult?.(file, resultFile({ run: found }));
  Object.assign(execution, { run: found, state: 'SUCCEEDED' });
}

function end(execution: Execution, { state, reason, error, scannedBytes }: NonNullable<Plan['end']>): void {
  Object.assign(execution, { state, reason, error, scannedBytes: scannedBytes ?? execution.scannedBytes });
}
