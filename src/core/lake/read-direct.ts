import { UserError } from '../errors.ts';
import type { SlotRange } from '../flow-log/slots.ts';
import { slotRangeOf } from '../time/window.ts';
import type { ReadSources } from './cloud-sources.ts';
import type { Lake } from './lake.ts';
import type { S3Source } from './log-source.ts';
import type { ParquetColumns } from './parquet-reads.ts';
import { commonStoredRange, fieldsInPart, notesOn, sourceOf } from './read-tables.ts';
import { readTogether, type Together } from './read-together.ts';
import { countedObjects, type Fetches, fetchesOf, type Scan, type ScannedObject } from './scan.ts';
import { type WhoseFiles, wholePrefix, whoseFiles } from './whose-files.ts';

export interface ReadDirectParts {
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: S3Source) => Lake;
  /** Reads them through tables. */
  readonly throughTables: ReadSources;
  /** What of some files is not on this machine yet; once that is more than `mostBytes`, the rest counts without a look. */
  readonly toFetch: (objects: readonly ScannedObject[], mostBytes: number) => Promise<Fetches>;
  /** Where the columns of some Parquet files are, for the estimate of what an engine bills that reads them. */
  readonly samplesOf: (
    objects: readonly ScannedObject[],
    signal: AbortSignal,
  ) => Promise<readonly ParquetColumns[]>;
  /** So much is fetched for a question that does not say what is to read its files. */
  readonly mostBytes: number;
  /** More is not offered to be fetched: it could not be kept. */
  readonly mostOfferedBytes: number;
  /** The name of the one relation over the files. */
  readonly tableName: string;
}

/**
 * Reads flow logs by fetching their files, where there are few enough of them that are not kept yet: that needs no table and is
 * not billed. The others are read through tables, and so is what a question wants to be read so.
 */
export function createReadDirect(parts: ReadDirectParts): ReadSources {
  return async (chosen, wanted, signal) => {
    const throughTables = () => parts.throughTables(chosen, wanted, signal);
    const other = chosen.sources.find((source) => !isPlain(source));
    if (wanted.engine === 'direct' && other !== undefined)
      throw notFetched(
        `${other.name} has a table that flowlog did not make, and only that knows what its files hold`,
      );
    const isParquet = chosen.sources.some(({ place }) => place.files.format === 'parquet');
    if (other !== undefined || (wanted.engine === 'athena' && !isParquet)) return throughTables();
    const slotRange = slotRangeOf(wanted.window);
    const found = await Promise.all(
      readTogether(chosen.sources).map((group) => filesOf(group, chosen.known, slotRange, parts, signal)),
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
    return scanOfFiles(found, chosen.sources, { objects, direct, name: parts.tableName });
  };
}

/** Files in AWS's own form: what lies behind a table that flowlog did not make only that table knows. */
function isPlain({ adopted }: S3Source): boolean {
  return adopted === undefined;
}

/** Reads all flow logs through tables. @throws UserError for a question that wants their files fetched. */
export function onlyThroughTables(throughTables: ReadSources): ReadSources {
  return async (chosen, wanted, signal) => {
    if (wanted.engine === 'direct') throw notFetched('`FLOWLOG_DIRECT_MB` is 0');
    return throughTables(chosen, wanted, signal);
  };
}

function notFetched(why: string): UserError {
  return new UserError(`\`engine=direct\` cannot be done: ${why}.`, {
    hint: 'Leave it out, and Athena reads them; what that costs is said before.',
  });
}

interface FoundFiles extends WhoseFiles {
  readonly table: { readonly fields: readonly string[] };
  readonly files: readonly ScannedObject[];
  readonly storedRange: SlotRange | undefined;
}

async function filesOf(
  sources: Together,
  known: readonly S3Source[],
  slotRange: SlotRange,
  { lakeOf }: ReadDirectParts,
  signal: AbortSignal,
): Promise<FoundFiles> {
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
  found: readonly FoundFiles[],
  sources: readonly S3Source[],
  { objects, direct, name }: Required<Pick<Scan, 'objects' | 'direct'>> & { readonly name: string },
): Scan {
  const source = sourceOf(found, sources, sources[0]?.region ?? '');
  return {
    source,
    tables: [{ name, fields: source.fields }],
    objects,
    unread: [],
    notes: notesOn(found, sources),
    fieldsInPart: fieldsInPart(found),
    storedRange: commonStoredRange(found.map(({ storedRange }) => storedRange)),
    direct,
  };
}
