import { UserError } from '../errors.ts';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS } from '../flow-log/slots.ts';
import type { LogEvent } from './log-groups.ts';
import { folderAt, type LogGroupSource, type S3Place, type S3Source, sourceRoot } from './log-source.ts';
import type { BucketOfSite, EventsOfGroup, ScannedObject } from './scan.ts';
import { fileNames } from './whose-files.ts';

/**
 * A source in CloudWatch Logs as one in S3: each slot of its events becomes a file in AWS's own layout, so that all that is known of
 * files holds for them. The place has a name that no bucket can have.
 */
export function asFiles(source: LogGroupSource): S3Source {
  return { ...source, place: placeOfGroup(source.place.logGroup) };
}

/** Where the events of a log group are once they are files. */
export function placeOfGroup(logGroup: string): S3Place {
  const bucket = `${EVENTS}${encodeURIComponent(logGroup)}`;
  return { kind: 's3', bucket, prefix: '', files: { format: 'text', hive: false, hourly: false } };
}

/** What the files of its slots are made of: all of its events. */
export function eventsOf(source: LogGroupSource): BucketOfSite & { readonly events: EventsOfGroup } {
  const { account, region, fields, place } = source;
  const { bucket } = placeOfGroup(place.logGroup);
  return { account, region, bucket, events: { logGroup: place.logGroup, fields } };
}

/** How the places of events begin. */
const EVENTS = '~';

/** Whether a place is one of events by its name. */
export function isMadeOfEvents(bucket: string): boolean {
  return bucket.startsWith(EVENTS);
}

/**
 * The key of the file of a slot that begins at `startSeconds`; `addressMark` for one that holds the records of some addresses
 * alone, which must never be taken for the whole slot.
 */
export function slotKey(source: LogGroupSource, startSeconds: number, addressMark?: string): string {
  const files = asFiles(source);
  const minute = new Date(startSeconds * 1_000).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
  const name = `${fileNames(files)}_${minute}Z_${addressMark === undefined ? 'events' : `only-${addressMark}`}.log`;
  return `${sourceRoot(files)}${folderAt(files.place.files, startSeconds)}/${name}`;
}

/**
 * When the slot of an event began, in epoch seconds: files hold records by their end, while events have the time of the start.
 * An end that cannot be, more than the longest interval from the start, counts as the next that can.
 */
export function slotOfEvent({ timestampMs, message }: LogEvent, fields: readonly string[]): number {
  const startSeconds = Math.floor(timestampMs / 1_000);
  const end = Number(message.split(' ', fields.length)[fields.indexOf('end')]);
  const known = Number.isSafeInteger(end) ? end : startSeconds;
  const endSeconds = Math.min(Math.max(known, startSeconds), startSeconds + LONGEST_INTERVAL_SECONDS);
  return Math.floor(endSeconds / SLOT_SECONDS) * SLOT_SECONDS;
}

/**
 * The flow log under whose name the events of a log group are files: all that deliver there share the streams of their
 * interfaces, and nothing says of which flow log a record is. The oldest, so that a new one changes nothing.
 * @throws UserError where they have different fields, since then nothing says what a record means.
 */
export function groupOwner(source: LogGroupSource, known: readonly LogGroupSource[]): LogGroupSource {
  const beside = known.filter((other) => isSameGroup(other, source));
  const odd = beside.find(({ fields }) => fields.join(' ') !== source.fields.join(' '));
  if (odd !== undefined)
    throw new UserError(
      `${source.name} and ${odd.name} deliver to one log group, \`${source.place.logGroup}\`, in different formats.`,
      { hint: 'Nothing says there which format a record has: give one of them a log group of its own.' },
    );
  const createdMs = ({ flowLog }: LogGroupSource) => flowLog?.createdAt.getTime() ?? 0;
  return beside.reduce((oldest, each) => (createdMs(each) < createdMs(oldest) ? each : oldest), source);
}

/** Whether two flow logs deliver to one log group. */
export function isSameGroup(one: LogGroupSource, other: LogGroupSource): boolean {
  return (
    one.account === other.account &&
    one.region === other.region &&
    one.place.logGroup === other.place.logGroup
  );
}

/**
 * Files of log groups, each slot of one once: windows that overlap may have come to a slot as a whole and by the records of some
 * addresses, and both would count those twice.
 */
export function eachSlotOnce(objects: readonly ScannedObject[]): readonly ScannedObject[] {
  const chosen = new Map<string, ScannedObject>();
  for (const object of objects) {
    const name = slotName(object);
    const isWhole = object.from?.events?.addresses === undefined;
    if (name !== undefined && (isWhole || !chosen.has(name))) chosen.set(name, object);
  }
  return objects.filter((object) => {
    const name = slotName(object);
    return name === undefined || chosen.get(name) === object;
  });
}

function slotName({ from, slot }: ScannedObject): string | undefined {
  if (from?.events === undefined || slot === undefined) return undefined;
  return `${from.account} ${from.region} ${from.bucket} ${slot.fromSeconds}`;
}
