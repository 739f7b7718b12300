import pLimit, { type LimitFunction } from 'p-limit';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';
import { type Cloud, CloudError } from '../../core/lake/cloud.ts';
import { markOf } from '../../core/lake/lake.ts';
import { slotKey, slotOfEvent } from '../../core/lake/log-group-files.ts';
import type { LogGroups, WantedEvents } from '../../core/lake/log-groups.ts';
import type { LogInsights } from '../../core/lake/log-insights.ts';
import type { LogGroupSource } from '../../core/lake/log-source.ts';
import type { KnownSlot } from '../../core/lake/read-events.ts';
import type { LakeObject } from '../../core/lake/scan.ts';
import { untilAborted } from '../../core/until-aborted.ts';

/** Where log groups are, and what time it is there. */
export interface SitesOfGroups {
  readonly cloud: Pick<Cloud, 'sites'>;
  readonly now: () => Date;
}

/** Events come some five minutes after the end of their record, as best AWS can; an hour later none is waited for. */
const SETTLED_SECONDS = 3_600;
/** A thread asks several questions within half a minute. */
const YOUNG_SECONDS = 30;

/** The log groups of a site. Throws CloudError. */
export async function logGroupsAt(
  where: Where,
  cloud: SitesOfGroups['cloud'],
  signal: AbortSignal,
): Promise<LogGroups> {
  return (await siteAt(where, cloud, signal))?.logGroups ?? notConfigured(where, 'logs:FilterLogEvents');
}

/** Logs Insights of a site. Throws CloudError. */
export async function insightsAt(
  where: Where,
  cloud: SitesOfGroups['cloud'],
  signal: AbortSignal,
): Promise<LogInsights> {
  return (await siteAt(where, cloud, signal))?.insights ?? notConfigured(where, 'logs:StartQuery');
}

type Where = Pick<LogGroupSource, 'account' | 'region'>;

async function siteAt({ account, region }: Where, cloud: SitesOfGroups['cloud'], signal: AbortSignal) {
  const sites = await cloud.sites(signal);
  return sites.find((each) => each.account === account && each.region === region);
}

function notConfigured({ account, region }: Where, call: string): never {
  const message = `${region} of ${account} is not configured`;
  throw new CloudError('not-found', { call, fault: 'NotConfigured', message });
}

/** Under what the slots of a log group are remembered, or those with records of some of its addresses alone, by the mark of these. */
export function groupName(source: LogGroupSource, addressMark?: string): string {
  const { account, region, place, fields } = source;
  return JSON.stringify([account, region, place.logGroup, slotKey(source, 0, addressMark), fields]);
}

/** Does work of one log group when what came before it has ended, so that none fetches what another is fetching. */
export type GroupTurns = <T>(group: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** Creates turns for any number of log groups. Who waits leaves as soon as the signal is aborted; work that has begun ends by itself. */
export function createGroupTurns(): GroupTurns {
  const turns = new Map<string, LimitFunction>();
  return async (group, signal, work) => {
    const turn = turns.get(group) ?? pLimit(1);
    turns.set(group, turn);
    const granted = new Promise<() => void>((grant) => {
      void turn(() => new Promise<void>(grant));
    });
    try {
      await untilAborted(signal, granted);
      return await work();
    } finally {
      void granted.then((release) => release());
    }
  };
}

/** When the slots of a range began in which a flow log can have recorded anything. */
export function slotStarts(source: LogGroupSource, slotRange: SlotRange, now: Date): readonly number[] {
  return startsOf(withinLife(source, slotRange, now));
}

/** Nothing was recorded before a flow log was created, but for the interval in which it was, nor after now. */
function withinLife(
  { flowLog }: LogGroupSource,
  { fromSeconds, toSeconds }: SlotRange,
  now: Date,
): SlotRange {
  const createdSeconds = (flowLog?.createdAt.getTime() ?? 0) / 1_000 - LONGEST_INTERVAL_SECONDS;
  return {
    fromSeconds: Math.max(fromSeconds, createdSeconds),
    toSeconds: Math.min(toSeconds, now.getTime() / 1_000),
  };
}

function startsOf({ fromSeconds, toSeconds }: SlotRange): readonly number[] {
  const first = Math.floor(fromSeconds / SLOT_SECONDS) * SLOT_SECONDS;
  const amount = Math.max(Math.ceil((toSeconds - first) / SLOT_SECONDS), 0);
  return Array.from({ length: amount }, (_, index) => first + index * SLOT_SECONDS);
}

/** Whether what came of a slot is all that will come, or came a moment ago. */
export function isKnownSlot(start: number, slot: KnownSlot | undefined, nowSeconds: number): boolean {
  if (slot === undefined) return false;
  const isSettled = start + SLOT_SECONDS + SETTLED_SECONDS <= slot.atSeconds;
  return isSettled || nowSeconds - slot.atSeconds < YOUNG_SECONDS;
}

/** The file of a slot, by its key and the start of the slot; none where there is nothing of it. */
export function objectOfSlot(key: string, start: number, bytes = 0): readonly (LakeObject & InSlot)[] {
  if (bytes === 0) return [];
  const slot = { fromSeconds: start, toSeconds: start + SLOT_SECONDS };
  return [{ key, bytes, mark: markOf(bytes, start * 1_000), slot }];
}

interface InSlot {
  readonly slot: SlotRange;
}

/** From the oldest event of a flow log to the newest that was seen; undefined where none was. Throws CloudError. */
export async function storedRangeOfGroup(
  source: LogGroupSource,
  { cloud, now }: SitesOfGroups,
  signal: AbortSignal,
): Promise<SlotRange | undefined> {
  return deliveredRange(source, await logGroupsAt(source, cloud, signal), [], now(), signal);
}

/**
 * Of a flow log that delivers there is an event in the last hour: any of them tells, and the oldest costs one call. Since when there
 * are events matters only where none of the window are there: until that is asked it is since the flow log was created.
 */
export async function deliveredRange(
  source: LogGroupSource,
  logGroups: LogGroups,
  objects: readonly Pick<LakeObject, 'slot'>[],
  now: Date,
  signal: AbortSignal,
): Promise<SlotRange | undefined> {
  const toSeconds = Math.floor(now.getTime() / 1_000);
  const { logGroup } = source.place;
  const wanted = { logGroup, fromSeconds: toSeconds - SETTLED_SECONDS, toSeconds, most: 1 };
  const ends = objects.flatMap(({ slot }) => slot?.toSeconds ?? []);
  for await (const [event] of logGroups.pages(wanted, signal))
    if (event !== undefined) ends.push(slotOfEvent(event, source.fields) + SLOT_SECONDS);
  if (ends.length === 0) return undefined;
  const createdSeconds = Math.floor((source.flowLog?.createdAt.getTime() ?? 0) / 1_000);
  const all = { logGroup, fromSeconds: createdSeconds, toSeconds, most: 1 };
  const oldest = objects.length > 0 ? undefined : await oldestSlot(all, source, logGroups, signal);
  return { fromSeconds: oldest ?? createdSeconds, toSeconds: Math.max(...ends) };
}

/** Each call looks through a part of the time: of a log group that has kept little of years, more are not worth the answer. */
const MOST_CALLS = 10;

/** When the slot of the oldest event began: a log group forgets what is older than its retention. */
async function oldestSlot(
  wanted: WantedEvents,
  { fields }: LogGroupSource,
  logGroups: LogGroups,
  signal: AbortSignal,
): Promise<number | undefined> {
  let calls = 0;
  for await (const [event] of logGroups.pages(wanted, signal)) {
    if (event !== undefined) return slotOfEvent(event, fields);
    calls += 1;
    if (calls === MOST_CALLS) return undefined;
  }
  return undefined;
}
