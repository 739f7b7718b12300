import { z } from 'zod';

const PLACE_FIELDS = {
  door: z.literal('slack'),
  channel: z.string(),
  /** Who asked. */
  person: z.string(),
  /** Whether they are a guest or of another workspace, also for an answer after a restart. */
  isOutsider: z.boolean().optional(),
  /** What is asked, once its names became addresses: after a restart it is asked again, and not the line with names. */
  resolvedLine: z.string().optional(),
  /** All rows of an answer that is there already, as a file, and nothing else. */
  wants: z.literal('rows').optional(),
  /** The message that shows how far the request is; unknown until it was posted. */
  statusTs: z.string().optional(),
  /** What was about to be posted: after a crash it is looked for before it is posted. */
  posting: z.literal('answer').optional(),
  /** A way to answer the person where the app is no member, for half an hour. */
  responseUrl: z
    .object({ url: z.string(), givenMs: z.number(), isOfMessage: z.boolean().optional() })
    .optional(),
};

const PLACE = z.discriminatedUnion('kind', [
  z.object({ ...PLACE_FIELDS, kind: z.literal('channel') }),
  z.object({ ...PLACE_FIELDS, kind: z.literal('thread'), threadTs: z.string() }),
]);

/** Where an answer goes: under a parent message of its own in a channel, or into a thread that is there already. */
export type Place = Readonly<z.infer<typeof PLACE>>;

/** The channel of a place, who asked there, and how they can be answered alone. */
type PlaceOwner = Pick<Place, 'channel' | 'person' | 'responseUrl'>;

/** A place in a channel, or in its thread when there is one. */
export function placeOf(owner: PlaceOwner, threadTs: string | undefined): Place {
  const place = { door: 'slack', ...owner } as const;
  return threadTs === undefined ? { ...place, kind: 'channel' } : { ...place, kind: 'thread', threadTs };
}

/** Writes a place for the store, or for Slack to carry along. */
export function writePlace(place: Place): string {
  return JSON.stringify(place);
}

/** Reads a place; undefined when it was not written here. */
export function readPlace(text: string): Place | undefined {
  try {
    return PLACE.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The thread of the answer; undefined while its parent message is not posted. */
export function threadOf(place: Place): string | undefined {
  return place.kind === 'thread' ? place.threadTs : place.statusTs;
}

/** The key under which spending in a thread is added up; empty where the thread is not known yet. */
export function threadKey(place: Place): string {
  const thread = threadOf(place);
  return thread === undefined ? '' : `${place.channel}/${thread}`;
}
