import { Readable } from 'node:stream';
import type { Engine } from '../core/answer/engine.ts';
import type { EnginePlaces } from '../core/answer/turns.ts';
import type { Cloud } from '../core/lake/cloud.ts';
import { createCloudSources } from '../core/lake/cloud-sources.ts';
import type { Lake } from '../core/lake/lake.ts';
import type { S3Source } from '../core/lake/log-source.ts';
import { createReadDirect, onlyThroughTables, type ReadDirectParts } from '../core/lake/read-direct.ts';
import { createReadTables } from '../core/lake/read-tables.ts';
import { createSourceBook, type SourceBook } from '../core/lake/source-book.ts';
import type { Sources } from '../core/lake/sources.ts';
import { createAthenaPace, type RetryOptions } from './athena/athena-calls.ts';
import { ATHENA_PLACES, createAthenaEngine } from './athena/athena-engine.ts';
import { createAwsClock, withClock } from './aws-clock.ts';
import { createAwsClients } from './clients.ts';
import type { AwsAccount } from './cloud/account-sites.ts';
import { createAwsCloud } from './cloud/aws-cloud.ts';
import { createFetchObject, type FetchObject } from './lake/fetch-object.ts';
import { createLakes } from './lake/lakes.ts';

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
  readonly direct?: ((fetch: FetchObject) => DirectReading) | undefined;
}

/** Reads files that are fetched. */
export interface DirectReading extends Pick<ReadDirectParts, 'toFetch' | 'mostBytes' | 'tableName'> {
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
  });
  const clients = createAwsClients({ region, credentials: undefined, endpoint, clock });
  const book = createSourceBook({ cloud, configured, now });
  const lakeOf = createLakes({ cloud, now });
  const throughTables = createReadTables({ tables: cloud.tables, database, workgroup, lakeOf, now });
  const direct = options.direct?.(createFetchObject(cloud, newId));
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
    places: ATHENA_PLACES,
    sources: withClock(
      createCloudSources({
        cloud,
        book,
        read:
          direct === undefined
            ? onlyThroughTables(throughTables)
            : createReadDirect({ ...direct, lakeOf, throughTables }),
        storedRangeOf: (source, signal) => lakeOf(source).storedRange(signal),
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
