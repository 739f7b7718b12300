import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../../src/playground/aws/random.ts';
import type { Execution, Plan } from '../../fakes/athena/execution.ts';
import { createExecutions } from '../../fakes/athena/executions.ts';
import { createFaultScript, type Fault, type Operation } from '../../fakes/athena/faults.ts';
import { runOverCatalog } from '../../fakes/athena/select/run-over-catalog.ts';
import { answerAthena } from '../../fakes/athena/serve-athena.ts';
import { jsonFault } from '../../fakes/aws/answers.ts';
import { listBucket } from '../../fakes/aws/fake-bucket.ts';
import { serveAws } from '../../fakes/aws/serve-aws.ts';
import { createDeliveredFiles } from './delivered-files.ts';
import { SAID, SOURCE } from './flow-log.ts';

/** A call of Athena, as soon as it has come. */
interface AccountCall {
  readonly method: Operation;
  readonly at: Date;
}

/** An account with flow logs and an Athena, in this process: it outlives the app that works in it. */
export interface AthenaAccount {
  /** What the app is started with to work in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly calls: readonly AccountCall[];
  /** Those that read a port, oldest first. */
  executionsOf(port: number): readonly Execution[];
  /** As AWS bills some of its executions; all of them when left out. */
  billedBytes(executions?: readonly Execution[]): number;
  /**
   * Makes the next executions and calls slow, each otherwise, and breaks some calls; delivers the files that are due. Many
   * clients have connected to the port that is given, and to those behind it.
   */
  prepare(random: Random, manyFrom: number): Promise<void>;
  stop(): Promise<void>;
}

const DATABASE = 'flowlog';
const NOTHING = { name: '', region: SOURCE.region, fields: [] };
const NO_FILES = { source: NOTHING, tables: [], objects: [], unread: [], notes: [], storedRange: undefined };

/** Opens an account on the loopback. */
export async function openAthenaAccount(): Promise<AthenaAccount> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-account-'));
  const files = createDeliveredFiles(folder);
  const engine = runOverCatalog(files.catalog, { lakeFolder: folder, spillFolder: join(folder, 'spill') });
  const plans: Plan[] = [];
  const executions = createExecutions({
    ...{ engine, plans },
    workgroups: new Map([['flowlog', { outputLocation: 's3://chaos-results/flowlog/' }]]),
    databases: new Map([[DATABASE, NO_FILES]]),
  });
  const calls: AccountCall[] = [];
  const script = scriptThatNotes(calls);
  const list = listBucket(files.objects, { pageSize: 1_000 });
  const server = serveAws(
    answerAthena(executions, script),
    (call) => SAID[call.action] ?? (call.action === '' ? list(call) : jsonFault('UnknownOperation')),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      FLOWLOG_AWS_REGION: SOURCE.region,
      // It is Athena that must not be asked twice.
      FLOWLOG_DIRECT_MB: '0',
      FLOWLOG_AWS_ENDPOINT: `http://127.0.0.1:${port}`,
      FLOWLOG_AWS_RANGES: 'no',
      AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    calls,
    executionsOf: (asked) => executions.all.filter(({ input }) => namesPort(input, asked)),
    billedBytes: (some = executions.all) =>
      some
        .filter(({ state, reused }) => state !== 'FAILED' && !reused)
        .reduce((sum, { scannedBytes }) => sum + scannedBytes, 0),
    async prepare(random, manyFrom) {
      plans.splice(0, plans.length, ...Array.from({ length: 20 }, () => slowPlan(random)));
      script.setFaults(Array.from({ length: 200 }, () => flakyCall(random)));
      await files.deliver(manyFrom);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      for (const { stop } of executions.all) stop.abort();
      await settledExecutions(executions.all);
      engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Half of the executions are queued first; all of them take between a tenth of a second and two seconds. */
function slowPlan(random: Random): Plan {
  const totalMs = random.whole(100, 2_000);
  const queuedMs = random.chance(0.5) ? Math.round(totalMs * (random.whole(10, 60) / 100)) : 0;
  return { queuedMs, runningMs: totalMs - queuedMs };
}

/** Not throttled: the SDK goes on so slowly then that the app would be killed at nothing else. */
function flakyCall(random: Random): Fault {
  const percent = random.whole(1, 100);
  if (percent <= 3) return 'answer lost';
  if (percent <= 5) return 'reset';
  return { slowMs: random.whole(5, 40) };
}

/** Notes each call when it comes; any call takes the next of the faults. */
function scriptThatNotes(calls: AccountCall[]) {
  const script = createFaultScript();
  let faults: readonly Fault[] = [];
  let taken = 0;
  return {
    ...script,
    setFaults(next: readonly Fault[]) {
      faults = next;
      taken = 0;
    },
    take(method: Operation): Fault | undefined {
      calls.push({ method, at: new Date() });
      taken += 1;
      return faults[taken - 1];
    },
  };
}

function namesPort({ QueryString, ExecutionParameters = [] }: Execution['input'], port: number): boolean {
  return new RegExp(String.raw`\b${port}\b`).test([QueryString, ...ExecutionParameters].join('\n'));
}

/** An execution that was stopped ends soon, and what it works with can be closed then. */
async function settledExecutions(all: readonly Execution[]): Promise<void> {
  const untilMs = Date.now() + 5_000;
  const isGoing = ({ state }: Execution) => state === 'QUEUED' || state === 'RUNNING';
  while (all.some(isGoing) && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 20));
}
