import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsAccount } from '../aws/cloud/account-sites.ts';
import type { DirectReading, Fetch } from '../aws/open-aws.ts';
import type { Engine } from '../core/answer/engine.ts';
import type { EnginePlaces } from '../core/answer/turns.ts';
import type { Cloud } from '../core/lake/cloud.ts';
import { rememberedSources, type StoredRangeOf } from '../core/lake/cloud-sources.ts';
import type { Lake } from '../core/lake/lake.ts';
import type { S3Source } from '../core/lake/log-source.ts';
import type { ScanMemory } from '../core/lake/scan.ts';
import type { SourceBook } from '../core/lake/source-book.ts';
import type { Sources } from '../core/lake/sources.ts';
import { scanPlaces } from '../duckdb/duckdb-engine.ts';
import { refuseUnreadable } from '../duckdb/lake/local-sources.ts';
import { LAKE_TABLE } from '../duckdb/lake/scan-of.ts';
import { NO_CLOUD, refuseOperations } from '../playground/aws/cloud/no-cloud.ts';
import type { Config } from './config.ts';
import type { Job } from './job.ts';
import type { Direct } from './open-direct.ts';
import { openLocal } from './open-local.ts';
import { openSample } from './open-sample.ts';
import { slackWorkspace } from './slack-workspace.ts';
import { fetchedFolder, keptFolder } from './state-folder.ts';
import type { World } from './this-process.ts';

/** Flow logs, an engine that answers from them, and the cloud in which they are set up. */
export interface Backend {
  readonly sources: Sources;
  readonly engine: Engine;
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly lakeOf: (source: S3Source) => Lake;
  readonly storedRangeOf: StoredRangeOf;
  /** Whether flow logs can be set up and deleted: not over a folder. */
  readonly looksAfter: boolean;
  /** How many questions the engine answers at once. */
  readonly places: EnginePlaces;
  /** Its background jobs. */
  readonly jobs: readonly Job[];
  close(): void;
}

/** Opens a backend. @throws UserError when it cannot be read. */
export type OpenBackend = (config: Config, scans: ScanMemory, world: World) => Promise<Backend>;

/** Opens what is configured: AWS, a folder, or the sample network. @throws UserError when the folder cannot be read. */
export async function openBackend(config: Config, scans: ScanMemory, world: World): Promise<Backend> {
  const region = config.awsRegion;
  return region === undefined ? openEmbedded(config, world) : openCloud({ ...config, region }, scans, world);
}

async function openCloud(
  config: Config & { readonly region: string },
  scans: ScanMemory,
  world: World,
): Promise<Backend> {
  const { region, awsRegions = [region], workgroup, database, accounts, sources, awsEndpoint } = config;
  const opened: Direct[] = [];
  const regions = awsRegions[0] === 'all' ? undefined : awsRegions;
  // Loaded here, because AWS's SDK takes two thirds of the start of a process that does not use it.
  const { openAws } = await import('../aws/open-aws.ts');
  const aws = await openAws({
    region,
    workgroup,
    database,
    configured: sources,
    endpoint: awsEndpoint,
    ...world,
    accounts: [{ role: undefined, regions }, ...accounts.map((account) => reached(account, regions))],
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    direct: config.directMb === 0 ? undefined : (fetch) => readingDirectly(config, world, fetch, opened),
  });
  return {
    ...aws,
    sources: rememberedSources(aws.sources, scans),
    looksAfter: true,
    jobs: [{ name: 'keep what was fetched', everyMs: KEEP_LANDED_MS, run: async () => checkKept(opened) }],
    close() {
      for (const direct of opened) direct.close();
    },
  };
}

/** @throws Error where something could not be kept. */
function checkKept(opened: readonly Direct[]): void {
  for (const direct of opened) direct.checkKept();
}

/** Reads files of buckets on this machine. DuckDB is loaded and opened when the first question needs it. */
function readingDirectly(config: Config, world: World, fetch: Fetch, opened: Direct[]): DirectReading {
  let opening: Promise<Direct> | undefined;
  const open = async () => {
    const { openDirect } = await import('./open-direct.ts');
    const direct = await openDirect(
      { ...embeddedOptions(config, world), fetchedFolder: fetchedFolder(config) },
      fetch,
    );
    opened.push(direct);
    return direct;
  };
  const direct = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    engine: { name: 'duckdb', bills: false, run: async (...asked) => (await direct()).engine.run(...asked) },
    toFetch: async (...asked) => (await direct()).toFetch(...asked),
    readEvents: async (...asked) => (await direct()).readEvents(...asked),
    readAddresses: async (...asked) => (await direct()).readAddresses(...asked),
    samplesOf: async (...asked) => (await direct()).samplesOf(...asked),
    mostBytes: config.directMb * BYTES_A_MB,
    mostOfferedBytes:
      Math.max(config.directMb, keptFolder(config) === undefined ? 0 : config.cacheMb) * BYTES_A_MB,
    tableName: LAKE_TABLE,
  };
}

function reached(
  { role: arn, 'external-id': externalId, regions }: Config['accounts'][number],
  usual: readonly string[] | undefined,
): AwsAccount {
  return {
    role: externalId === undefined ? { arn } : { arn, externalId },
    regions: regions ?? usual,
  };
}

const BYTES_A_MB = 1_000_000;
const KEEP_LANDED_MS = 60_000;

/** How the embedded engine works, over whatever files. */
function embeddedOptions(config: Config, world: World) {
  const folder = keptFolder(config);
  return {
    ...world,
    spillFolder: join(config.stateFolder, 'spill'),
    memoryLimitMb: config.memoryMb,
    threads: config.threads,
    // In a workspace others wait for their acknowledgements meanwhile; a terminal or a page that nothing was asked holds 30 MB less.
    opensAtOnce: slackWorkspace(config) !== undefined,
    kept: folder === undefined ? undefined : { folder, mostBytes: config.cacheMb * BYTES_A_MB },
  };
}

async function openEmbedded(config: Config, world: World): Promise<Backend> {
  const sampleFolder = join(config.stateFolder, 'sample');
  const { kept, ...embedded } = embeddedOptions(config, world);
  const options = {
    ...embedded,
    lakeFolder: config.lake ?? sampleFolder,
    name: config.lake ?? 'the sample network',
  };
  if (config.lake === undefined)
    return { ...(await openSample(options)), looksAfter: true, places: scanPlaces(config.memoryMb) };
  await refuseUnreadable(config.lake);
  const local = await openLocal({ ...options, kept });
  return {
    ...local,
    cloud: NO_CLOUD,
    book: NO_CLOUD,
    lakeOf: refuseOperations,
    storedRangeOf: refuseOperations,
    looksAfter: false,
    places: scanPlaces(config.memoryMb),
    jobs:
      kept === undefined
        ? []
        : [{ name: 'keep what was read and what landed', everyMs: KEEP_LANDED_MS, run: local.keepLanded }],
  };
}
