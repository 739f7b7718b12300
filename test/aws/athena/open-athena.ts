import { setTimeout } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { onTestFinished } from 'vitest';
import { type AthenaEngineParts, createAthenaEngine } from '../../../src/aws/athena/athena-engine.ts';
import type { Engine } from '../../../src/core/answer/engine.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';
import type { OpenEngine, Written } from '../../contract/engine.ts';
import { openOver } from '../../duckdb/open-over.ts';
import { type FakeAthena, openFakeAthena } from '../../fakes/athena/fake-athena.ts';

/** Pauses are this much shorter than they would be. */
const HURRY = 20;

/** Credentials that must never be seen again. */
export const SECRETS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI-secret',
  sessionToken: 'FwoGZXIvYXdzE-session-token',
};

/** The SDK's own client, which tries once, so that every call of the engine is counted. */
function clientOf({ endpoint }: FakeAthena): AthenaClient {
  const client = new AthenaClient({
    endpoint,
    region: 'eu-central-1',
    credentials: SECRETS,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** The engine as the app builds it, with short pauses; `changes` replace parts of it. */
export function engineOf(fake: FakeAthena, changes: Partial<AthenaEngineParts> = {}): Engine {
  let count = 0;
  return createAthenaEngine({
    client: clientOf(fake),
    context: { workgroup: 'flowlog', database: 'flowlog', catalog: 'AwsDataCatalog' },
    pace: async () => {},
    newId: () => `id-${count++}`,
    sleep: (ms, signal) => setTimeout(ms / HURRY, undefined, { signal }),
    random: () => 0.5,
    ...changes,
  });
}

/** An account whose database `flowlog` holds the records. */
export interface OpenAthena extends OpenEngine {
  readonly fake: FakeAthena;
}

/** Writes records and opens an Athena over them. */
export async function openAthena(
  written: readonly Written[],
  changes: Partial<AthenaEngineParts> = {},
): Promise<OpenAthena> {
  const { engine, scan } = await openOver(written);
  const fake = await openFakeAthena(engine);
  fake.addDatabase('flowlog', scan);
  return { fake, scan, engine: engineOf(fake, changes) };
}

/**
 * An engine for scans that choose among the files. Athena knows tables and not files, so every choice of files is a
 * database of its own.
 */
export function engineByScan(fake: FakeAthena): Engine {
  const engines = new Map<string, Engine>();
  const engineFor = (chosen: Scan): Engine => {
    const files = chosen.objects.map(({ key }) => key).join();
    const known = engines.get(files);
    if (known !== undefined) return known;
    const database = `choice_${engines.size}`;
    fake.addDatabase(database, chosen);
    const engine = engineOf(fake, { context: { workgroup: 'flowlog', database, catalog: 'AwsDataCatalog' } });
    engines.set(files, engine);
    return engine;
  };
  return {
    name: 'athena',
    bills: true,
    run: (statement, take, signal) => engineFor(statement.scan).run(statement, take, signal),
  };
}
