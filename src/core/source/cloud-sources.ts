import { UserError } from '../errors.ts';
import type { Cloud } from '../ports/cloud/cloud.ts';
import type { Scan, Slot } from '../ports/scan.ts';
import type { Sources, Wanted } from '../ports/sources.ts';
import { type Chosen, type Copy, chooseSources, type Subject } from './choose/choose-sources.ts';
import { findSubjects } from './choose/find-subjects.ts';
import type { LogSource } from './log-source.ts';
import { addMissingPartitions } from './read/add-missing-partitions.ts';
import { flowLogRead } from './read/flow-log-read.ts';
import type { FoundSources, SourceBook } from './source-book.ts';

/** What is read, among what there is. */
export interface ChosenAmong {
  readonly sources: readonly LogSource[];
  /** All that are known, those that were chosen too: some may deliver under the prefix of another. */
  readonly known: readonly LogSource[];
}

/** Finds out what of the chosen flow logs a question reads: the files of its window, and the relation over them. */
export type ReadSources = (chosen: ChosenAmong, wanted: Wanted, signal: AbortSignal) => Promise<Scan>;

/** What finding flow logs in a cloud needs. */
export interface CloudSourcesParts {
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly read: ReadSources;
  /** From the oldest file of a source to its newest. Where it is left out, what AWS says of delivery is believed. */
  readonly extentOf?: (source: LogSource, signal: AbortSignal) => Promise<Slot | undefined>;
}

/** Knows the flow logs of a cloud, and chooses among them for each question. */
export function createCloudSources({ cloud, book, read, extentOf }: CloudSourcesParts): Sources {
  return {
    async scanFor(wanted, signal) {
      const [found, subjects] = await Promise.all([book.found(signal), findSubjects(cloud, wanted, signal)]);
      const chosen = chooseSources(found.sources, wanted, subjects);
      // It may have been created a moment ago: nobody is told that there is none from memory.
      const { sources, copies, known, doubts, remarks, problems } =
        chosen.sources.length > 0
          ? { ...chosen, known: found.sources, problems: found.problems }
          : await lookAgain(book, wanted, subjects, signal);
      const behind = await fartherBehind(copies, extentOf, signal);
      const scan = await read({ sources: [...sources, ...behind], known }, wanted, signal);
      const notes = [...doubts, ...problems, ...scan.notes];
      return {
        ...scan,
        notes,
        remarks: [...remarks, ...behind.map(readToo), ...(scan.remarks ?? [])],
        flowLogs: [...sources, ...behind].map(flowLogRead),
        subjects: subjects.map(({ interfaces, ...subject }) => ({
          ...subject,
          interfaces: interfaces.map(({ id }) => id),
        })),
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
  extentOf: CloudSourcesParts['extentOf'],
  signal: AbortSignal,
): Promise<readonly LogSource[]> {
  if (extentOf === undefined) return [];
  const newest = async (source: LogSource) => (await extentOf(source, signal))?.toSeconds ?? 0;
  const looked = await Promise.all(
    copies.map(async ({ copy, of }) => {
      const [own, others] = await Promise.all([newest(copy), newest(of)]);
      return own - others > BEHIND_SECONDS ? [copy] : [];
    }),
  );
  return looked.flat();
}

function readToo({ name }: LogSource): string {
  return `${name} is read too, for its files are newer: what both saw is counted twice`;
}

/** @throws UserError when there is nothing to read now either. */
async function lookAgain(
  book: SourceBook,
  wanted: Wanted,
  subjects: readonly Subject[],
  signal: AbortSignal,
): Promise<Chosen & ChosenAmong & Pick<FoundSources, 'problems'>> {
  const found = await book.found(signal, { fresh: true });
  const chosen = chooseSources(found.sources, wanted, subjects);
  if (chosen.sources.length === 0) throw nothingToRead(wanted, found);
  return { ...chosen, known: found.sources, problems: found.problems };
}

function nothingToRead({ scope }: Wanted, { sources: all, problems }: FoundSources): UserError {
  const said = Object.entries(scope).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  if (all.length === 0 && problems.length > 0)
    return new UserError(`No flow log was found, but ${problems.join('; ')}.`, {
      hint: 'Nothing is known of what is there: see to that first, then ask again.',
    });
  if (all.length === 0)
    return new UserError('There is no flow log here that delivers to S3.', {
      hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.',
    });
  const names = all.slice(0, MOST_NAMED).map(({ name }) => `\`${name}\``);
  return new UserError(`No flow log is in \`${said.join(' ')}\`.`, {
    hint: `There are ${names.join(', ')}${all.length > MOST_NAMED ? ' and others' : ''}: \`sources\` lists them.`,
  });
}

const MOST_NAMED = 3;
