import type { SlotRange } from '../flow-log/slots.ts';
import type { TablePartition, TableSpec } from '../sql/hive-ddl.ts';
import type { Fetches } from './fetches.ts';
import type { NameSpan } from './names.ts';
import type { ParquetColumns } from './parquet-reads.ts';
import type { Partitioning } from './partitioning.ts';
import type { TableFields, TableValue } from './table-field.ts';

/** One file of a lake. */
export interface LakeObject {
  /** Path from the lake's root, with `/`. */
  readonly key: string;
  readonly bytes: number;
  /** Differs once the file has changed; left out where the listing does not say. */
  readonly mark?: string;
  /** When its records ended; undefined when neither name nor folder says, so that every window needs it. */
  readonly slot: SlotRange | undefined;
}

/** A file that a scan reads. */
export interface ScannedObject extends LakeObject {
  /** It is of a flow log that was not asked for: it is read with the others and billed, and no record of it counts. */
  readonly passedOver?: true;
  /**
   * From the oldest `end` among its records to one second behind the newest, as read in the file itself. Left out where
   * that was not read, and where the file holds no records.
   */
  readonly ends?: SlotRange;
  /** Which of its records count, where its path does not say whose they are. Left out where all of them do. */
  readonly only?: RecordsOf;
  /** The key of another file with the very same records: this one is read only when that one cannot be. */
  readonly copyOf?: string;
  /** Where it is fetched from before it is read; left out where it is read where it is. */
  readonly from?: BucketOfSite;
}

/** A bucket, and the account and the region that it is reached through. */
export interface BucketOfSite {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** Where events are made into files, which are in a bucket by name alone. */
  readonly events?: EventsOfGroup;
}

/** A log group, and the fields of its events. */
export interface EventsOfGroup {
  readonly logGroup: string;
  readonly fields: readonly string[];
  /** Whose records alone are in the files; left out where all events are. */
  readonly addresses?: readonly string[];
}

/** A slot of a log group, and the file that its records become. */
export interface PlannedSlot {
  readonly key: string;
  readonly slot: SlotRange;
}

/** A query of Logs Insights that has to be run, and is billed, before files with records of some addresses can be read. */
export interface InsightsPlan {
  readonly from: BucketOfSite & {
    readonly events: EventsOfGroup & { readonly addresses: readonly string[] };
  };
  /** Under what its slots are remembered. */
  readonly group: string;
  /** One at least, the oldest first. */
  readonly slots: readonly [PlannedSlot, ...PlannedSlot[]];
  /** About so many are scanned. */
  readonly bytes: number;
  /** When it was made, in epoch seconds. */
  readonly atSeconds: number;
}

/** Whose records count, by what the records themselves say. */
export interface RecordsOf {
  readonly account?: string;
  readonly region?: string;
}

/** A file that the window needs and that could not be read, and why, in words for people. */
export interface UnreadObject {
  readonly key: string;
  readonly slot: SlotRange | undefined;
  readonly reason: string;
}

/** Where flow logs are, for people: the origin that an answer names. */
export interface Source {
  /** How it is called in answers: a folder, a flow log id. */
  readonly name: string;
  /** Where a scan is paid for. */
  readonly region: string;
  /** Names as in the log's header, the known and the unknown: those that every table of the scan can be asked for. */
  readonly fields: readonly string[];
}

/** Interfaces whose records of one flow log do not count, because another one records them too. */
export interface RepeatedRecords {
  /** What `flowLogOf` reads in the names of its files. */
  readonly flowLog: string;
  readonly interfaces: readonly string[];
}

/** A relation of records that statements read; one question may read several. */
export interface LogTable {
  /** Left out where it is the engine's own. */
  readonly catalog?: string;
  /** Undefined where the engine has only one. */
  readonly database?: string;
  /** A plain identifier, as are all names here. */
  readonly name: string;
  readonly fields: readonly string[];
  /** Where it keeps each field, in a table that flowlog did not make; left out where columns are called as `columnName` says. */
  readonly columns?: TableFields;
  /** By ranges of it an engine leaves files out; it is no later than a record's end, and no earlier than its start. */
  readonly time?: TableValue;
  /** Set where its files cannot be listed: how many bytes a statement may read before the engine stops it. */
  readonly unlisted?: { readonly atMostBytes: number };
  /** Undefined where the engine reads a list of files. */
  readonly partitioning?: Partitioning;
  /**
   * The files that are read, by their addresses (`s3://bucket/key`), sorted; none of them where the table need not be
   * read. Undefined where all files of the partitions are.
   */
  readonly paths?: readonly string[];
  /**
   * The flow logs whose records count, by what `flowLogOf` reads in the names of their files; undefined where all
   * records do, because no other flow log delivers under the same prefix.
   */
  readonly flowLogs?: readonly string[];
  /** Records that count in another flow log; left out where there are none. */
  readonly repeats?: readonly RepeatedRecords[];
}

/** Which traffic a flow log records. */
export type RecordedTraffic = 'all' | 'accepted' | 'rejected';

/** The account, the region and, where it is known, the VPC whose traffic a flow log records. */
export interface LoggedSite {
  readonly account: string;
  readonly region: string;
  readonly vpcId?: string | undefined;
}

/** A flow log that is read. */
export interface FlowLogRead {
  /** How it is called in lines: its id, or a configured name. */
  readonly name: string;
  /** The one network interface that it records; undefined when it records more, or that is unknown. */
  readonly eni: string | undefined;
  /** Where it records; left out where no cloud is known. */
  readonly site?: LoggedSite;
  /** What `flowLogOf` reads in the names of its files; left out where it means all that is delivered to a place. */
  readonly fileNames?: string;
  /** The VPC, subnet or interface whose traffic it records; left out where that is unknown. */
  readonly resource?: string;
  /** Left out where that is unknown. */
  readonly traffic?: RecordedTraffic;
  /** The longest time that one of its records covers; left out where that is unknown. */
  readonly longestIntervalSeconds?: number;
  /** From its oldest file to its newest one, also outside of the window; left out where that was not looked for. */
  readonly storedRange?: SlotRange;
}

/** What is known of the interfaces that a question is about. */
export interface SubjectRead {
  /** Their words in the question: an address, an interface id. */
  readonly said: string;
  /** The interfaces that carry it; none when none is known. */
  readonly interfaces: readonly string[];
  /** Whether an account or a region did not say which interfaces it has. */
  readonly isPartial: boolean;
}

/** Partitions that a table must have before it is read: nothing works them out by itself. */
export interface NeededPartitions {
  readonly table: TableSpec;
  readonly partitions: readonly TablePartition[];
}

/** What one window will read: chosen before anything is run, so that its cost and its gaps are known before. */
export interface Scan {
  readonly source: Source;
  /** What of the files is fetched, where they are read on this machine and not by an engine that bills. */
  readonly direct?: Fetches;
  /** What Logs Insights is asked before; left out where nothing is. */
  readonly insights?: readonly InsightsPlan[];
  /** What would be fetched at most to read them on this machine. Left out where they are, and where that is out of the question. */
  readonly fetchable?: Fetches;
  /** Where the columns are in some of its Parquet files; left out where no footer was read. */
  readonly parquetSamples?: readonly ParquetColumns[];
  readonly tables: readonly LogTable[];
  /**
   * All that will be read. A table in partitions reads whole ones, so these may be more than the window needs; a file
   * that two tables read is here twice.
   */
  readonly objects: readonly ScannedObject[];
  readonly unread: readonly UnreadObject[];
  /** What was found that may hide records, a clause each: with one of them an empty answer proves nothing. */
  readonly notes: readonly string[];
  /** What was found that hides no records, a clause each, such as copies that are read once. Left out when nothing was. */
  readonly remarks?: readonly string[];
  /**
   * From the oldest file of the whole lake to the newest, which is trusted for one slot of five minutes; undefined
   * for an empty lake.
   */
  readonly storedRange: SlotRange | undefined;
  /** The flow logs that could have recorded what is asked: as EC2 lists them, or as the files of a folder show them. */
  readonly flowLogs?: readonly FlowLogRead[];
  /** What EC2 knows of the interfaces that the question is about; left out where there is no EC2 to ask. */
  readonly subjects?: readonly SubjectRead[];
  /** What EC2 calls the interfaces that the question is about; left out where there is no EC2 to ask. */
  readonly nameSpans?: readonly NameSpan[];
  /** Fields that some of the files record and others do not: records of those are not found by them. */
  readonly fieldsInPart?: readonly string[];
  /** Whether files are read where they are, and not what is kept of them; left out where that does not matter. */
  readonly isOfOrigins?: boolean;
  /** Left out where no table has partitions that must be added. */
  readonly partitions?: readonly NeededPartitions[];
}

/** The VPCs whose traffic some flow logs record, as far as they are known; each once. */
export function vpcsOf(flowLogs: readonly FlowLogRead[]): readonly string[] {
  return [...new Set(flowLogs.flatMap(({ site }) => site?.vpcId ?? []))];
}

/** Remembers across restarts what a question reads, so that every attempt at it reads the same and asks the same SQL. */
export interface ScanMemory {
  /** Undefined for a question whose scan was not chosen yet. */
  find(identity: string): Promise<Scan | undefined>;
  /**
   * Writes a scan down before anything is run, and returns the one to read: of a question that has one already, the first.
   * Scans of questions that ended a while before this one was asked are forgotten; until then equal questions read the same.
   */
  keep(identity: string, scan: Scan): Promise<Scan>;
  /** Forgets the scans of all questions that are not in flight and did not end since an instant. Returns how many. */
  sweep(endedBefore: Date): Promise<number>;
}

/** The files whose records count, of all that a scan reads: those of the flow logs that were asked for. */
export function countedObjects(objects: readonly ScannedObject[]): readonly ScannedObject[] {
  return objects.filter(({ passedOver }) => passedOver !== true);
}

/** Whether there is nothing to be read: no file, no table whose files cannot be listed, and nothing to ask Logs Insights for. */
export function readsNothing({
  objects,
  tables,
  insights,
}: Pick<Scan, 'objects' | 'tables' | 'insights'>): boolean {
  if (objects.length > 0 || insights !== undefined) return false;
  return tables.every(({ unlisted }) => unlisted === undefined);
}

/** What a scan reads at most, in bytes as they are stored. */
export function mostBytesOf({ objects, tables }: Pick<Scan, 'objects' | 'tables'>): number {
  const listed = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  // The engine's limit is one for the whole statement.
  return tables.reduce((most, { unlisted }) => Math.max(most, unlisted?.atMostBytes ?? 0), listed);
}
