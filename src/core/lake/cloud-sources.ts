import { UserError } from '../errors.ts';
import { LONGEST_INTERVAL_SECONDS, type SlotRange } from '../flow-log/slots.ts';
import { partitionBatches } from '../sql/hive-ddl.ts';
import { type Chosen, type Copy, chooseSources, type Subject } from './choose-sources.ts';
import type { Cloud } from './cloud.ts';
import { findSubjects } from './find-subjects.ts';
import type { TrafficType } from './flow-logs.ts';
import { groupOwner } from './log-group-files.ts';
import { type CloudSource, isInLogGroup, isListed, type LogGroupSource } from './log-source.ts';
import { spansOf } from './names.ts';
import { knownPartitions } from './partitions.ts';
import type { FlowLogRead, NeededPartitions, RecordedTraffic, Scan, ScanMemory } from './scan.ts';
import type { FoundSources, SourceBook } from './source-book.ts';
import type { ScanTarget, Sources } from './sources.ts';
import type { Tables } from './tables.ts';
import { fileNames } from './whose-files.ts';

/** What is read, among what there is. */
interface ChosenAmong {
  readonly sources: readonly CloudSource[];
  /** All that are known, those that were chosen too: some may deliver under the prefix of another. */
  readonly known: readonly CloudSource[];
}

/** What is read of the chosen flow logs. */
export interface ReadScan extends Scan {
  /** Those that were left, because what reads the others cannot read them; left out where all are read. */
  readonly notRead?: readonly LogGroupSource[];
}

/** Finds out what of the chosen flow logs a question reads: the files of its window, and the relation over them. */
export type ReadSources = (chosen: ChosenAmong, wanted: ScanTarget, signal: AbortSignal) => Promise<ReadScan>;

/** From the oldest file of a source to its newest; undefined where there is none. Throws CloudError. */
export type StoredRangeOf = (source: CloudSource, signal: AbortSignal) => Promise<SlotRange | undefined>;

export interface CloudSourcesParts {
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly read: ReadSources;
  /** Where it is left out, the delivery status of AWS is believed. */
  readonly storedRangeOf?: StoredRangeOf;
}

/** Knows the flow logs of a cloud, and chooses among them for each question. */
export function createCloudSources({ cloud, book, read, storedRangeOf }: CloudSourcesParts): Sources {
  return {
    async scanFor(wanted, signal) {
      const [found, subjects] = await Promise.all([book.found(signal), findSubjects(cloud, wanted, signal)]);
      const chosen = chooseSources(allOf(found), wanted, subjects);
      // It may have been created a moment ago: "there is none" is never said from the cache.
      const { sources, copies, known, doubts, remarks, problems } =
        chosen.sources.length > 0
          ? { ...chosen, known: allOf(found), problems: found.problems }
          : await lookAgain(book, wanted, subjects, signal);
      const behind = await fartherBehind(copies, storedRangeOf, signal);
      const { notRead = [], ...scan } = await read(
        { sources: [...sources, ...behind], known },
        wanted,
        signal,
      );
      const notes = [...doubts, ...problems, ...notRead.map(notReadWords), ...scan.notes];
      const isRead = (source: CloudSource) => !notRead.some((each) => each === source);
      return {
        ...scan,
        notes,
        remarks: [...remarks, ...behind.map(readToo), ...(scan.remarks ?? [])],
        flowLogs: flowLogsRead([...sources, ...behind].filter(isRead), known),
        subjects: subjects.map(({ interfaces, ...subject }) => ({
          ...subject,
          interfaces: interfaces.map(({ id }) => id),
        })),
        nameSpans: subjects.flatMap(({ interfaces }) => interfaces.flatMap((each) => spansOf(each))),
      };
    },
    async prepare({ partitions = [] }, signal) {
      await Promise.all(partitions.map((each) => addMissingPartitions(each, cloud.tables, signal)));
    },
  };
}

/** So far behind another one a flow log is no longer one that shows all that the other does, in seconds. */
const BEHIND_SECONDS = 1_800;

/** Copies whose files are newer than those of the flow log that should show the same: without them that would be missed. */
async function fartherBehind(
  copies: readonly Copy[],
  storedRangeOf: CloudSourcesParts['storedRangeOf'],
  signal: AbortSignal,
): Promise<readonly CloudSource[]> {
  if (storedRangeOf === undefined) return [];
  const newest = async (source: CloudSource) => (await storedRangeOf(source, signal))?.toSeconds ?? 0;
  const looked = await Promise.all(
    copies.map(async ({ copy, of }) => {
      const [own, others] = await Promise.all([newest(copy), newest(of)]);
      return own - others > BEHIND_SECONDS ? [copy] : [];
    }),
  );
  return looked.flat();
}

/** All flow logs that can be asked. Of two that record the same, one in S3 comes first. */
function allOf({ sources, logGroups }: FoundSources): readonly CloudSource[] {
  return [...sources, ...logGroups];
}

function notReadWords({ name }: LogGroupSource): string {
  return `${name} was not read, for it delivers to CloudWatch Logs, and the others were read by Athena: \`in=${name}\` asks it`;
}

function readToo({ name }: CloudSource): string {
  return `${name} is read too, for its files are newer: what both saw is counted twice`;
}

/** @throws UserError when there is nothing to read now either. */
async function lookAgain(
  book: SourceBook,
  wanted: ScanTarget,
  subjects: readonly Subject[],
  signal: AbortSignal,
): Promise<Chosen & ChosenAmong & Pick<FoundSources, 'problems'>> {
  const found = await book.found(signal, { fresh: true });
  const chosen = chooseSources(allOf(found), wanted, subjects);
  if (chosen.sources.length === 0) throw nothingToRead(wanted, found);
  return { ...chosen, known: allOf(found), problems: found.problems };
}

function nothingToRead({ scope }: ScanTarget, found: FoundSources): UserError {
  const all = allOf(found);
  const { problems } = found;
  const said = Object.entries(scope).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  if (all.length === 0 && problems.length > 0)
    return new UserError(`No flow log was found, but ${problems.join('; ')}.`, {
      hint: 'Nothing is known of what is there: see to that first, then ask again.',
    });
  if (all.length === 0)
    return new UserError('There is no flow log here that delivers to S3 or CloudWatch Logs.', {
      hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.',
    });
  const names = all.slice(0, MOST_NAMED).map(({ name }) => `\`${name}\``);
  return new UserError(`No flow log is in \`${said.join(' ')}\`.`, {
    hint: `There are ${names.join(', ')}${all.length > MOST_NAMED ? ' and others' : ''}: \`sources\` lists them.`,
  });
}

const MOST_NAMED = 3;

/**
 * Sources that choose once for each question. Statements name the files that they read, and files come all the time:
 * an attempt after a restart that looked again would ask another statement, which would run and be billed again, or
 * would list files as read that came after the first attempt had begun.
 */
export function rememberedSources(sources: Sources, memory: ScanMemory): Sources {
  return {
    async scanFor(wanted, signal) {
      const { identity } = wanted;
      if (identity === undefined) return sources.scanFor(wanted, signal);
      const before = await memory.find(identity);
      if (before !== undefined) return before;
      return memory.keep(identity, await sources.scanFor(wanted, signal));
    },
    prepare: (scan, signal) => sources.prepare(scan, signal),
  };
}

/** Adds the partitions that a table lacks; those that are there already are left. */
export async function addMissingPartitions(
  { table, partitions }: NeededPartitions,
  tables: Pick<Tables, 'partitions' | 'addPartitions'>,
  signal: AbortSignal,
): Promise<void> {
  if (partitions.length === 0) return;
  const isKnown = await knownPartitions(table, tables, signal);
  const missing = partitions.filter((partition) => !isKnown(partition));
  for (const batch of partitionBatches(missing)) await tables.addPartitions(table, batch, signal);
}

const TRAFFIC: Readonly<Record<TrafficType, RecordedTraffic>> = {
  ALL: 'all',
  ACCEPT: 'accepted',
  REJECT: 'rejected',
};

/** A record may show its last packet up to a minute after it passed. */
const CLOCK_SECONDS = 60;

/** The sources as coverage needs to know them. */
function flowLogsRead(
  sources: readonly CloudSource[],
  known: readonly CloudSource[],
): readonly FlowLogRead[] {
  const read = sources.map((source) =>
    flowLogRead(source, isInLogGroup(source) ? groupOwner(source, known.filter(isInLogGroup)) : source),
  );
  return read.filter(
    ({ fileNames: names }, index) =>
      names === undefined || read.findIndex(({ fileNames: other }) => other === names) === index,
  );
}

/** `owner`: under whose name its files are. */
function flowLogRead(source: CloudSource, owner: CloudSource): FlowLogRead {
  const { name, account, region, resource, trafficType, flowLog } = source;
  const eni = resource?.kind === 'interface' ? resource.id : undefined;
  const names = isListed(source) ? fileNames(owner) : undefined;
  return {
    name,
    eni,
    site: { account, region, vpcId: resource?.vpcId },
    ...(names !== undefined && { fileNames: names }),
    ...(resource !== undefined && { resource: resource.id }),
    ...(trafficType !== undefined && { traffic: TRAFFIC[trafficType] }),
    ...(flowLog !== undefined && {
      longestIntervalSeconds: Math.min(flowLog.maxIntervalSeconds + CLOCK_SECONDS, LONGEST_INTERVAL_SECONDS),
    }),
  };
}
