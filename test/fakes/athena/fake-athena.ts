import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Engine } from '../../../src/core/answer/engine.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';
import type { Plan } from './execution.ts';
import { type Account, createExecutions, type FakeWorkgroup } from './executions.ts';
import { createFaultScript, type FaultScript } from './faults.ts';
import { resultFile } from './result-shape.ts';
import { serveAthena } from './serve-athena.ts';

/** An Athena on this machine, whose answers DuckDB finds in files. */
export interface FakeAthena extends Pick<FaultScript, 'fail' | 'calls' | 'clock'> {
  readonly endpoint: string;
  /** A database over the files of a scan. */
  addDatabase(name: string, scan: Scan): void;
  setWorkgroup(name: string, workgroup: FakeWorkgroup): void;
  /** How the next executions go. */
  plan(...plans: readonly Plan[]): void;
  /** What was started so far. */
  executions(): readonly { readonly id: string; readonly state: string; readonly sql: string }[];
  /** As AWS bills: what succeeded or was cancelled, and not what was reused or failed. */
  billedBytes(): number;
  /** The results as S3 has them. */
  openObject(bucket: string, key: string): Promise<Readable>;
}

/** Opens an account with one workgroup, `flowlog`, until the test ends. */
export async function openFakeAthena(
  engine: Engine,
  { writeResult }: Pick<Account, 'writeResult'> = {},
): Promise<FakeAthena> {
  const script = createFaultScript();
  const account: Account = {
    ...{ engine, workgroups: new Map(), databases: new Map(), plans: [] },
    ...(writeResult && { writeResult }),
  };
  const executions = createExecutions(account);
  const server = serveAthena(executions, script);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    for (const { stop } of executions.all) stop.abort();
  });
  account.workgroups.set('flowlog', { outputLocation: 's3://results/flowlog/' });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    fail: script.fail,
    calls: script.calls,
    clock: script.clock,
    addDatabase: (name, scan) => void account.databases.set(name, scan),
    setWorkgroup: (name, workgroup) => void account.workgroups.set(name, workgroup),
    plan: (...plans) => void account.plans.push(...plans),
    executions: () => executions.all.map(({ id, state, input }) => ({ id, state, sql: input.QueryString })),
    billedBytes: () =>
      executions.all
        .filter(({ state, reused }) => state !== 'FAILED' && !reused)
        .reduce((sum, { scannedBytes }) => sum + scannedBytes, 0),
    async openObject(bucket, key) {
      const execution = executions.all.find(
        ({ id, outputLocation }) => `s3://${bucket}/${key}` === `${outputLocation}${id}.csv`,
      );
      if (execution === undefined) throw new Error('NoSuchKey');
      return Readable.from([resultFile(execution)]);
    },
  };
}
