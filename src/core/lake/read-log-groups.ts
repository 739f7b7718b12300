import { UserError } from '../errors.ts';
import type { SlotRange } from '../flow-log/slots.ts';
import { slotRangeOf } from '../time/window.ts';
import { showBytes } from '../wording.ts';
import { addedEvents, type FetchedEvents, NO_EVENTS } from './fetches.ts';
import { eventsOf, groupOwner, isSameGroup } from './log-group-files.ts';
import { type CloudSource, isInLogGroup, type LogGroupSource } from './log-source.ts';
import type { ReadAddresses, ReadEvents } from './read-events.ts';
import type { InsightsPlan, Scan, ScannedObject } from './scan.ts';
import type { ScanTarget } from './sources.ts';
import type { WhoseFiles } from './whose-files.ts';

export interface ReadGroupsParts {
  /** Fetches events as files. */
  readonly readEvents: ReadEvents;
  /** Looks for events of some addresses alone. */
  readonly readAddresses: ReadAddresses;
  /** So much is fetched for a question that does not say what is to read its files. */
  readonly mostBytes: number;
}

/** What is in the files of some flow logs in the window. */
export interface FilesInWindow extends Pick<WhoseFiles, 'nameless'>, Pick<Scan, 'storedRange'> {
  readonly table: { readonly fields: readonly string[] };
  readonly files: readonly ScannedObject[];
}

/** The events of a question as files, and what it took to fetch them; undefined where none are in CloudWatch Logs. */
interface FilesOfGroups extends Pick<Scan, 'insights' | 'remarks'> {
  readonly events: FetchedEvents | undefined;
  readonly ofGroups: readonly FilesInWindow[];
}

/** What a question reads of one log group. */
interface FilesOfGroup extends Pick<FilesInWindow, 'files' | 'storedRange'> {
  readonly fetched: FetchedEvents;
  /** Whether some files have the records of the question's addresses alone. */
  readonly isOfAddresses?: boolean;
  readonly plan?: InsightsPlan | undefined;
}

type WantedOfGroups = Pick<ScanTarget, 'window' | 'engine' | 'isOfOrigins' | 'addresses' | 'onEvents'>;

/** Has more records than are fetched for a question: Logs Insights may be asked for those of single addresses. */
export class TooManyRecords extends UserError {}

/**
 * Fetches the events of the chosen flow logs that are in CloudWatch Logs, each log group once; where Logs Insights is to be asked,
 * finds out what it has to be asked.
 * @throws UserError where there are more than are fetched for a question.
 */
export async function filesOfGroups(
  chosen: { readonly sources: readonly CloudSource[]; readonly known: readonly CloudSource[] },
  wanted: WantedOfGroups,
  parts: ReadGroupsParts,
  signal: AbortSignal,
): Promise<FilesOfGroups> {
  const known = chosen.known.filter(isInLogGroup);
  const owners = eachOnce(chosen.sources.filter(isInLogGroup)).map((source) => groupOwner(source, known));
  const mostBytes = wanted.engine === 'direct' ? Number.POSITIVE_INFINITY : parts.mostBytes;
  let events: FetchedEvents | undefined;
  const found: (FilesOfGroup & { readonly owner: LogGroupSource })[] = [];
  for (const owner of owners) {
    const before = events;
    const read = await filesOfGroup(
      owner,
      { ...wanted, onEvents: (more) => wanted.onEvents?.(addedEvents(before, more)) },
      { ...parts, mostBytes: mostBytes - (events?.bytes ?? 0) },
      signal,
    );
    if (read === undefined) throw tooMany(owner, mostBytes);
    events = addedEvents(events, read.fetched);
    found.push({ ...read, owner });
  }
  const plans = found.flatMap(({ plan }) => plan ?? []);
  return {
    events,
    ofGroups: found.map(({ owner, files, storedRange }) => ({
      table: owner,
      files,
      nameless: 0,
      storedRange,
    })),
    ...(plans.length > 0 && { insights: plans }),
    remarks: found.filter(({ isOfAddresses }) => isOfAddresses).map(({ owner }) => onlyThose(owner, wanted)),
  };
}

/** Undefined where there are more events than may be fetched. */
async function filesOfGroup(
  owner: LogGroupSource,
  { window, engine, isOfOrigins = false, addresses, onEvents }: WantedOfGroups,
  { readEvents, readAddresses, mostBytes }: ReadGroupsParts,
  signal: AbortSignal,
): Promise<FilesOfGroup | undefined> {
  const slotRange = slotRangeOf(window);
  const singles = singlesOf(addresses);
  const mayAsk = engine === 'insights';
  if (mayAsk && singles === undefined) throw needsAddresses();
  const wanted = { addresses: singles ?? [], isOfOrigins, mayAsk };
  const here =
    singles === undefined || engine === 'direct'
      ? undefined
      : await readAddresses(owner, slotRange, wanted, signal);
  const { files = [], plan, missing = slotRange } = here ?? {};
  const isOfAddresses = plan !== undefined || files.some(({ from }) => from?.events?.addresses !== undefined);
  if (here !== undefined && (mayAsk || here.missing === undefined))
    return { files, storedRange: here.storedRange, plan, isOfAddresses, fetched: NO_EVENTS };
  const read = await readEvents(
    owner,
    missing,
    { isOfOrigins, mostBytes, ...(onEvents && { onEvents }) },
    signal,
  );
  if (!read.isWhole) return undefined;
  const from = eventsOf(owner);
  const before = files.filter(({ slot }) => slot === undefined || !isWithin(slot, missing));
  return {
    files: [...before, ...read.objects.map((object) => ({ ...object, from }))],
    storedRange: read.storedRange,
    isOfAddresses: before.length > 0 && isOfAddresses,
    fetched: read.fetched,
  };
}

/** The addresses that a question is about, where it is about single ones alone. */
function singlesOf(addresses: WantedOfGroups['addresses']): readonly string[] | undefined {
  if (addresses.length === 0 || !addresses.every(({ single }) => single)) return undefined;
  return addresses.map(({ text }) => text);
}

function isWithin(slot: SlotRange, range: SlotRange): boolean {
  return slot.fromSeconds >= range.fromSeconds && slot.toSeconds <= range.toSeconds;
}

function onlyThose({ place }: LogGroupSource, { addresses }: WantedOfGroups): string {
  const named = addresses.map(({ text }) => text).join(' and ');
  return `of ${place.logGroup} the records of ${named} alone were read, by Logs Insights`;
}

function needsAddresses(): UserError {
  return new UserError(
    '`engine=insights` asks CloudWatch Logs Insights for the records of single addresses, and this line names none.',
    {
      hint: 'Name one, such as `to 10.0.1.5`; or leave it out, and the records are fetched, free, where there are few enough.',
    },
  );
}

function eachOnce(sources: readonly LogGroupSource[]): readonly LogGroupSource[] {
  return sources.filter((source, index) => sources.findIndex((each) => isSameGroup(each, source)) === index);
}

function tooMany({ name, place }: LogGroupSource, mostBytes: number): TooManyRecords {
  return new TooManyRecords(
    `\`${place.logGroup}\` has more than ${showBytes(mostBytes)} of records of this window that are not kept yet.`,
    {
      hint:
        `Ask for a shorter window: \`last 15m\`. Or add \`engine=direct\`, and all of ${name} is fetched, free, at a few megabytes ` +
        'a second; what was fetched stays, so that asking again goes on from there.',
    },
  );
}
