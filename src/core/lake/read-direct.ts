import { UserError } from '../errors.ts';
import type { SlotRange } from '../flow-log/slots.ts';
import { slotRangeOf } from '../time/window.ts';
import type { ReadScan, ReadSources } from './cloud-sources.ts';
import { type Fetches, fetchesOf } from './fetches.ts';
import type { Lake } from './lake.ts';
import { type CloudSource, isInLogGroup, isOnS3, type LogGroupSource, type S3Source } from './log-source.ts';
import type { ParquetColumns } from './parquet-reads.ts';
import { type FilesInWindow, filesOfGroups, type ReadGroupsParts } from './read-log-groups.ts';
import { commonStoredRange, fieldsInPart, notesOn, type ReadTables, sourceOf } from './read-tables.ts';
import { readTogether, type Together } from './read-together.ts';
import { countedObjects, type Scan, type ScannedObject } from './scan.ts';
import type { ScanTarget } from './sources.ts';
import { wholePrefix, whoseFiles } from './whose-files.ts';

export interface ReadDirectParts extends ReadGroupsParts {
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: S3Source) => Lake;
  /** Reads them through tables. */
  readonly throughTables: ReadTables;
  /** What of some files is not on this machine yet; once that is more than `mostBytes`, the rest counts without a look. */
  readonly toFetch: (objects: readonly ScannedObject[], mostBytes: number) => Promise<Fetches>;
  /** Where the columns of some Parquet files are, for the estimate of what an engine bills that reads them. */
  readonly samplesOf: (
    objects: readonly ScannedObject[],
    signal: AbortSignal,
  ) => Promise<readonly ParquetColumns[]>;
  /** More is not offered to be fetched: it could not be kept. */
  readonly mostOfferedBytes: number;
  /** The name of the one relation over the files. */
  readonly tableName: string;
}

/**
 * Reads flow logs by fetching their files, where there are few enough of them that are not kept yet: that needs no table and is
 * not billed. The others are read through tables, and so is what a question wants to be read so. What is in CloudWatch Logs is
 * always fetched.
 */
export function createReadDirect(parts: ReadDirectParts): ReadSources {
  return async (chosen, wanted, signal) => {
    const { inS3, known } = sortedOut(chosen);
    const throughTables = () => readTables(chosen, parts.throughTables, wanted, signal);
    const other = inS3.find(({ adopted }) => adopted !== undefined);
    if (wanted.engine === 'direct' && other !== undefined) throw notFetched(whyNotPlain(other));
    if (wanted.engine === 'insights') refuseInS3(inS3);
    const isParquet = inS3.some(({ place }) => place.files.format === 'parquet');
    if (other !== undefined || (wanted.engine === 'athena' && !isParquet)) return throughTables();
    const slotRange = slotRangeOf(wanted.window);
    const found = await Promise.all(
      readTogether(inS3).map((group) => filesOf(group, known, slotRange, parts, signal)),
    );
    const objects = found.flatMap(({ files }) => files);
    const billed = async () => {
      const [scan, parquetSamples] = await Promise.all([throughTables(), parts.samplesOf(objects, signal)]);
      return parquetSamples.length === 0 ? scan : { ...scan, parquetSamples };
    };
    if (wanted.engine === 'athena') return billed();
    const mostBytes = wanted.engine === 'direct' ? Number.POSITIVE_INFINITY : parts.mostBytes;
    const direct = wanted.isOfOrigins ? fetchesOf(objects) : await parts.toFetch(objects, mostBytes);
    if (direct.bytes > mostBytes) {
      const scan = await billed();
      return direct.bytes > parts.mostOfferedBytes ? scan : { ...scan, fetchable: direct };
    }
    const { events, ofGroups, ...byInsights } = await filesOfGroups(chosen, wanted, parts, signal);
    const scan = scanOfFiles([...found, ...ofGroups], chosen.sources, {
      direct: { ...direct, ...(events !== undefined && { events }) },
      name: parts.tableName,
    });
    return { ...scan, ...byInsights };
  };
}

/** Sources by where they are. */
function sortedOut({ sources, known }: Chosen) {
  return {
    inS3: sources.filter(isOnS3),
    inGroups: sources.filter(isInLogGroup),
    known: known.filter(isOnS3),
  };
}

type Chosen = Parameters<ReadSources>[0];

/** Reads what Athena can read. @throws UserError where that is nothing. */
async function readTables(
  chosen: Chosen,
  throughTables: ReadTables,
  wanted: ScanTarget,
  signal: AbortSignal,
): Promise<ReadScan> {
  const { inS3: sources, inGroups: notRead, known } = sortedOut(chosen);
  const [first] = notRead;
  if (first === undefined || sources.length > 0)
    return { ...(await throughTables({ sources, known }, wanted, signal)), notRead };
  throw notByAthena(first);
}

function notByAthena({ name }: LogGroupSource): UserError {
  return new UserError(`Athena cannot read ${name}, which delivers to CloudWatch Logs.`, {
    hint: 'flowlog fetches it, free: leave `engine=athena` out, and set `FLOWLOG_DIRECT_MB` to more than 0.',
  });
}

/** What lies behind a table that flowlog did not make only that table knows. */
function whyNotPlain({ name }: S3Source): string {
  return `${name} has a table that flowlog did not make, and only that knows what its files hold`;
}

/** Reads all flow logs through tables. @throws UserError for a question that wants their files fetched. */
export function onlyThroughTables(throughTables: ReadTables): ReadSources {
  return async (chosen, wanted, signal) => {
    if (wanted.engine === 'direct' || wanted.engine === 'insights')
      throw notFetched('`FLOWLOG_DIRECT_MB` is 0', wanted.engine);
    return readTables(chosen, throughTables, wanted, signal);
  };
}

/** Logs Insights reads log groups alone. */
function refuseInS3([first]: readonly S3Source[]): void {
  if (first === undefined) return;
  throw new UserError(
    `\`engine=insights\` cannot be done: ${first.name} delivers to S3, which Logs Insights does not read.`,
    {
      hint: 'Leave it out, or ask a flow log that delivers to CloudWatch Logs alone: `in=fl-…`; `sources` lists them.',
    },
  );
}

function notFetched(why: string, engine = 'direct'): UserError {
  return new UserError(`\`engine=${engine}\` cannot be done: ${why}.`, {
    hint: 'Leave it out, and Athena reads them; what that costs is said before.',
  });
}

async function filesOf(
  sources: Together,
  known: readonly S3Source[],
  slotRange: SlotRange,
  { lakeOf }: ReadDirectParts,
  signal: AbortSignal,
): Promise<FilesInWindow> {
  const [first] = sources;
  const [listed, ...storedRanges] = await Promise.all([
    lakeOf(wholePrefix(first)).during(slotRange, signal),
    ...sources.map((source) => lakeOf(source).storedRange(signal)),
  ]);
  const whose = whoseFiles(sources, known, listed);
  const { account, region, place } = first;
  const from = { account, region, bucket: place.bucket };
  return {
    ...whose,
    table: first,
    files: countedObjects(whose.objects).map((object) => ({ ...object, from })),
    storedRange: commonStoredRange(storedRanges),
  };
}

function scanOfFiles(
  found: readonly FilesInWindow[],
  sources: readonly CloudSource[],
  { direct, name }: Required<Pick<Scan, 'direct'>> & { readonly name: string },
): Scan {
  const source = sourceOf(found, sources, sources[0]?.region ?? '');
  return {
    source,
    tables: [{ name, fields: source.fields }],
    objects: found.flatMap(({ files }) => files),
    unread: [],
    notes: notesOn(found, sources),
    fieldsInPart: fieldsInPart(found),
    storedRange: commonStoredRange(found.map(({ storedRange }) => storedRange)),
    direct,
  };
}
