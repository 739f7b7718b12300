import { UserError } from '../errors.ts';
import { slotRangeOf } from '../time/window.ts';
import { showBytes } from '../wording.ts';
import { asFiles, groupOwner, isSameGroup } from './log-group-files.ts';
import { type CloudSource, isInLogGroup, type LogGroupSource } from './log-source.ts';
import type { ReadEvents } from './read-events.ts';
import type { FetchedEvents, Scan, ScannedObject } from './scan.ts';
import type { ScanTarget } from './sources.ts';
import type { WhoseFiles } from './whose-files.ts';

export interface ReadGroupsParts {
  /** Fetches events as files. */
  readonly readEvents: ReadEvents;
  /** So much is fetched for a question that does not say what is to read its files. */
  readonly mostBytes: number;
}

/** What is in the files of some flow logs in the window. */
export interface FilesInWindow extends Pick<WhoseFiles, 'nameless'>, Pick<Scan, 'storedRange'> {
  readonly table: { readonly fields: readonly string[] };
  readonly files: readonly ScannedObject[];
}

/** The events of a question as files, and what it took to fetch them; undefined where none are in CloudWatch Logs. */
interface FilesOfGroups {
  readonly events: FetchedEvents | undefined;
  readonly ofGroups: readonly FilesInWindow[];
}

/**
 * Fetches the events of the chosen flow logs that are in CloudWatch Logs, each log group once.
 * @throws UserError where there are more than are fetched for a question.
 */
export async function filesOfGroups(
  chosen: { readonly sources: readonly CloudSource[]; readonly known: readonly CloudSource[] },
  wanted: Pick<ScanTarget, 'window' | 'engine' | 'isOfOrigins'>,
  parts: ReadGroupsParts,
  signal: AbortSignal,
): Promise<FilesOfGroups> {
  const { isOfOrigins = false, window } = wanted;
  const known = chosen.known.filter(isInLogGroup);
  const owners = eachOnce(chosen.sources.filter(isInLogGroup)).map((source) => groupOwner(source, known));
  const mostBytes = wanted.engine === 'direct' ? Number.POSITIVE_INFINITY : parts.mostBytes;
  let events: FetchedEvents | undefined;
  const ofGroups: FilesInWindow[] = [];
  for (const owner of owners) {
    const options = { isOfOrigins, mostBytes: mostBytes - (events?.bytes ?? 0) };
    const read = await parts.readEvents(owner, slotRangeOf(window), options, signal);
    if (!read.isWhole) throw tooMany(owner, mostBytes);
    events = addedTo(events, read.fetched);
    const { account, region, fields } = owner;
    const { logGroup } = owner.place;
    const from = { account, region, bucket: asFiles(owner).place.bucket, events: { logGroup, fields } };
    ofGroups.push({
      table: owner,
      files: read.objects.map((object) => ({ ...object, from })),
      nameless: 0,
      storedRange: read.storedRange,
    });
  }
  return { events, ofGroups };
}

function eachOnce(sources: readonly LogGroupSource[]): readonly LogGroupSource[] {
  return sources.filter((source, index) => sources.findIndex((each) => isSameGroup(each, source)) === index);
}

function addedTo(some: FetchedEvents | undefined, more: FetchedEvents): FetchedEvents {
  return {
    calls: (some?.calls ?? 0) + more.calls,
    events: (some?.events ?? 0) + more.events,
    bytes: (some?.bytes ?? 0) + more.bytes,
  };
}

function tooMany({ name, place }: LogGroupSource, mostBytes: number): UserError {
  return new UserError(
    `\`${place.logGroup}\` has more than ${showBytes(mostBytes)} of records of this window that are not kept yet.`,
    {
      hint:
        `Ask for a shorter window: \`last 15m\`. Or add \`engine=direct\`, and all of ${name} is fetched, free, at a few megabytes ` +
        'a second; what was fetched stays, so that asking again goes on from there.',
    },
  );
}
