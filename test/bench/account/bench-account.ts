import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { openAsking } from '../../../src/app/asking.ts';
import { readConfig } from '../../../src/app/config.ts';
import { THIS_WORLD } from '../../../src/app/this-process.ts';
import { AWS_ATTEMPTS } from '../../../src/aws/published-calls.ts';
import type { Answer } from '../../../src/core/answer/answer.ts';
import type { Plan } from '../../fakes/athena/execution.ts';
import { createExecutions } from '../../fakes/athena/executions.ts';
import { createFaultScript } from '../../fakes/athena/faults.ts';
import { resultFile } from '../../fakes/athena/result-shape.ts';
import { runOverCatalog } from '../../fakes/athena/select/run-over-catalog.ts';
import { answerAthena } from '../../fakes/athena/serve-athena.ts';
import { serveAws } from '../../fakes/aws/serve-aws.ts';
import { LAKE_FLOW_LOG } from '../text-lake.ts';
import { type BenchBucket, type DeliveredLake, writeBucket } from './bench-bucket.ts';
import { saidOfOrganisation } from './organisation.ts';

/** An account with flow logs, their bucket and an Athena that DuckDB answers. */
export interface BenchAccount {
  readonly bucket: BenchBucket;
  readonly environment: Readonly<Record<string, string>>;
  /** How long the next executions run in addition to what their statements take, in milliseconds. */
  slowDown(executions: number, runningMs: number): void;
  /** What all executions have read so far. */
  scannedBytes(): number;
  stop(): Promise<void>;
}

const RESULTS = 'bench-results';
const NOTHING = {
  source: { name: '', region: LAKE_FLOW_LOG.region, fields: [] },
  ...{ tables: [], objects: [], unread: [], notes: [], storedRange: undefined },
};

/** Writes the bucket, and serves the account on the loopback. */
export async function openBenchAccount(lake: DeliveredLake): Promise<BenchAccount> {
  const bucket = await writeBucket(lake);
  const { folder } = lake;
  const engine = runOverCatalog(bucket.catalog, { lakeFolder: folder, spillFolder: join(folder, 'spill') });
  const plans: Plan[] = [];
  const executions = createExecutions({
    ...{ engine, plans },
    workgroups: new Map([['flowlog', { outputLocation: `s3://${RESULTS}/` }]]),
    databases: new Map([['flowlog', NOTHING]]),
  });
  const server = serveAws(answerAthena(executions, createFaultScript()), (call) => {
    if (call.action !== '') return saidOfOrganisation(call);
    const [, id] = /^\/bench-results\/([\w-]+)\.csv/.exec(call.path) ?? [];
    const execution = executions.all.find((each) => each.id === id);
    return execution === undefined ? bucket.answer(call) : { body: resultFile(execution) };
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    bucket,
    environment: {
      FLOWLOG_AWS_REGION: LAKE_FLOW_LOG.region,
      FLOWLOG_AWS_ENDPOINT: `http://127.0.0.1:${port}`,
      FLOWLOG_AWS_RANGES: 'no',
    },
    slowDown: (amount, runningMs) =>
      void plans.splice(0, plans.length, ...Array.from({ length: amount }, () => ({ runningMs }))),
    scannedBytes: () => executions.all.reduce((sum, execution) => sum + execution.scannedBytes, 0),
    async stop() {
      server.closeAllConnections();
      server.close();
      engine.close();
    },
  };
}

/** The app in this process, as a terminal has it. */
export interface BenchApp {
  ask(line: string): Promise<Answer>;
  /** Attempts at calls to AWS so far, by their names: `s3 GetObject`. */
  readonly calls: ReadonlyMap<string, number>;
}

const ATTEMPT = z.object({ service: z.string(), operation: z.string() });

/**
 * Opens the app as configured, by its environment and the text of its flowlog.yml, with credentials that the account does not
 * look at, and closes it once `work` is done.
 */
export async function withBenchApp<T>(
  environment: Readonly<Record<string, string>>,
  work: (app: BenchApp) => Promise<T>,
  yaml = '',
): Promise<T> {
  // The SDK reads them from the environment of the process.
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const calls = new Map<string, number>();
  const count = (attempt: unknown) => {
    const { service, operation } = ATTEMPT.parse(attempt);
    const name = `${service} ${operation}`;
    calls.set(name, (calls.get(name) ?? 0) + 1);
  };
  const asking = await openAsking(readConfig(environment, yaml), THIS_WORLD);
  subscribe(AWS_ATTEMPTS, count);
  try {
    return await work({
      calls,
      async ask(line) {
        const question = asking.understand(line, 'UTC');
        if (!('query' in question)) throw new Error(`${line} is no question`);
        const ended = await asking.ask(question, { signal: new AbortController().signal });
        if (!('answer' in ended)) throw new Error(`${line} has no answer`);
        return ended.answer;
      },
    });
  } finally {
    unsubscribe(AWS_ATTEMPTS, count);
    await asking.close();
  }
}
