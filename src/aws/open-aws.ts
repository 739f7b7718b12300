import { Readable } from 'node:stream';
import type { AskInsights } from '../core/answer/ask-insights.ts';
import type { Engine } from '../core/answer/engine.ts';
import type { EnginePlaces } from '../core/answer/turns.ts';
import { filterLogEventsPerSecond } from '../core/flow-log/aws-limits.ts';
import type { Cloud } from '../core/lake/cloud.ts';
import { createCloudSources, type StoredRangeOf } from '../core/lake/cloud-sources.ts';
import type { Lake } from '../core/lake/lake.ts';
import { isOnS3, type S3Source } from '../core/lake/log-source.ts';
import { createReadDirect, onlyThroughTables, type ReadDirectParts } from '../core/lake/read-direct.ts';
import type { ReadAddresses } from '../core/lake/read-events.ts';
import { createReadTables } from '../core/lake/read-tables.ts';
import { createSourceBook, type SourceBook } from '../core/lake/source-book.ts';
import type { Sources } from '../core/lake/sources.ts';
import { createAthenaPace, type RetryOptions } from './athena/athena-calls.ts';
import { ATHENA_PLACES, createAthenaEngine } from './athena/athena-engine.ts';
import { createAwsClock, withClock } from './aws-clock.ts';
import { createAwsClients } from './clients.ts';
import type { AwsAccount } from './cloud/account-sites.ts';
import { createAwsCloud } from './cloud/aws-cloud.ts';
import { createInsightsPace } from './cloud/log-insights.ts';
import { type AskInsightsParts, createAskInsights } from './lake/ask-insights.ts';
import { createEventSlots, type EventSlots, type EventSlotsParts } from './lake/event-slots.ts';
import { createFetchEnd } from './lake/fetch-end.ts';
import { createFetchObject, type FetchObject } from './lake/fetch-object.ts';
import { createLakes } from './lake/lakes.ts';
import { createReadAddresses } from './lake/read-addresses.ts';
import { storedRangeOfGroup } from './lake/slots-of-group.ts';
import { createRate } from './rate.ts';

/** How AWS is reached and where things are there. */
export interface AwsOptions extends RetryOptions {
  /** Where Athena runs. */
  readonly region: string;
  readonly workgroup: string;
  readonly database: string;
  readonly accounts: readonly AwsAccount[];
  /** Sources that are listed in the configuration. */
  readonly configured: readonly S3Source[];
  /** The address of a stand-in for AWS in tests; undefined for AWS itself. */
  readonly endpoint: string | undefined;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly newId: () => string;
  /** What reads files without Athena, and how much is fetched for a question; left out where everything is read by Athena. */
  readonly direct?: ((fetch: Fetch) => DirectReading) | undefined;
}

/** How what is elsewhere comes to this machine. */
export interface Fetch {
  readonly object: FetchObject;
  /** The end of a Parquet file, where its footer is. */
  readonly end: FetchObject;
  /** Slots of log groups, as files where `pathOf` says. */
  readonly slots: (parts: Pick<EventSlotsParts, 'pathOf' | 'known' | 'isHere'>) => EventSlots;
  /** Slots with the records of some addresses alone, by Logs Insights. */
  readonly insights: (parts: Pick<AskInsightsParts, 'pathOf' | 'known' | 'isHere'>) => AddressSlots;
}

/** How the records of some addresses are looked for in log groups, and how Logs Insights is asked for them. */
interface AddressSlots {
  readonly read: ReadAddresses;
  readonly ask: AskInsights;
}

/** Reads files that are fetched. */
export interface DirectReading extends Omit<ReadDirectParts, 'lakeOf' | 'throughTables'> {
  readonly engine: Engine;
}

/** AWS as flowlog works with it. */
export interface Aws {
  readonly sources: Sources;
  readonly engine: Engine;
  readonly places: EnginePlaces;
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly lakeOf: (source: S3Source) => Lake;
  readonly storedRangeOf: StoredRangeOf;
}

/** The catalog of Glue, in which Athena finds tables. */
const CATALOG = 'AwsDataCatalog';

/** Builds the engine and the cloud of AWS. No call is made before the first request. */
export async function openAws(options: AwsOptions): Promise<Aws> {
  const { region, workgroup, database, accounts, configured, endpoint, now, newId, sleep, random } = options;
  const pace = createAthenaPace(options);
  const clock = createAwsClock(now);
  const cloud = createAwsCloud({
    home: { region, role: undefined, workgroup },
    accounts,
    sessionName: 'flowlog',
    endpoint,
    clock,
    // Two ids have the 32 characters that Athena asks for, whatever form they have.
    newToken: () => `${newId()}-${newId()}`,
    pace,
    pause: sleep,
    newLogsRate: (region) => createRate(filterLogEventsPerSecond(region), options),
    newInsightsPace: () => createInsightsPace(options),
  });
  const clients = createAwsClients({ region, credentials: undefined, endpoint, clock });
  const book = createSourceBook({ cloud, configured, now });
  const lakeOf = createLakes({ cloud, now });
  const throughTables = createReadTables({ tables: cloud.tables, database, workgroup, lakeOf, now });
  const direct = options.direct?.({
    object: createFetchObject(cloud, newId),
    end: createFetchEnd(cloud),
    slots: (parts) => createEventSlots({ cloud, now, newId, ...parts }),
    insights(parts) {
      const own = { cloud, now, newId, sleep, random, ...parts };
      return { read: createReadAddresses(own), ask: createAskInsights(own) };
    },
  });
  const storedRangeOf: StoredRangeOf = (source, signal) =>
    isOnS3(source) ? lakeOf(source).storedRange(signal) : storedRangeOfGroup(source, { cloud, now }, signal);
  const athena = createAthenaEngine({
    client: await clients.athena(),
    context: { workgroup, database, catalog: CATALOG },
    newId,
    pace,
    sleep,
    random,
    async openObject(Bucket, Key, abortSignal) {
      const { Body } = await (await clients.s3()).getObject({ Bucket, Key }, { abortSignal });
      if (Body instanceof Readable) return Body;
      throw new Error(`S3 gave no body for ${Key}`);
    },
  });
  return {
    cloud,
    book,
    lakeOf,
    storedRangeOf,
    places: ATHENA_PLACES,
    sources: withClock(
      createCloudSources({
        cloud,
        book,
        read:
          direct === undefined
            ? onlyThroughTables(throughTables)
            : createReadDirect({ ...direct, lakeOf, throughTables }),
        storedRangeOf,
      }),
      clock,
    ),
    engine: direct === undefined ? athena : createEitherEngine(athena, direct.engine),
  };
}

/** Athena, and beside it an engine on this machine for what is read directly. */
function createEitherEngine(athena: Engine, direct: Engine): Engine {
  return {
    ...athena,
    run: (statement, ...rest) =>
      (statement.scan.direct === undefined ? athena : direct).run(statement, ...rest),
  };
}
