import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createAskInsights } from '../../../src/aws/lake/ask-insights.ts';
import { createEventSlots } from '../../../src/aws/lake/event-slots.ts';
import { createReadAddresses } from '../../../src/aws/lake/read-addresses.ts';
import type { Site } from '../../../src/core/lake/cloud.ts';
import type { LogEvent } from '../../../src/core/lake/log-groups.ts';
import type { InsightsPlan, ScannedObject } from '../../../src/core/lake/scan.ts';
import { createGroupSlots } from '../../../src/duckdb/kept/group-slots.ts';
import { fakeLogGroups } from '../../fakes/aws/fake-log-groups.ts';
import { fakeLogInsights } from '../../fakes/aws/fake-log-insights.ts';
import { groupSource } from '../../support/group-source.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

/** The flow log of the tests. */
export const SOURCE = groupSource();
const GROUP = SOURCE.place.logGroup;
/** When its records begin, in epoch seconds: long ago. */
export const NOON = Date.parse('2026-03-05T12:00:00Z') / 1_000;
const NEVER = new AbortController().signal;

/** A record between two addresses from `start` for `seconds`. */
export function record(start: number, from: string, to: string, seconds = 60): LogEvent {
  return { timestampMs: start * 1_000, message: `${from} ${to} ${start} ${start + seconds}` };
}

/** A log group with some events, and Logs Insights over it. */
export async function givenInsights(
  events: readonly LogEvent[],
  options: Partial<Parameters<typeof fakeLogInsights>[0]> = {},
) {
  const groups = fakeLogGroups(50);
  groups.put(GROUP, events);
  const insights = fakeLogInsights({ eventsOf: (name) => (name === GROUP ? events : undefined), ...options });
  const [folder, keptFolder] = [await tempFolder('fetched'), await tempFolder('kept')];
  const clock = { nowMs: Date.parse('2026-03-06T00:00:00Z') };
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  // No other part of a site is used.
  const site = {
    account: SOURCE.account,
    region: SOURCE.region,
    logGroups: groups,
    insights,
  } as unknown as Site;
  const pathOf = (bucket: string, key: string) => join(folder, bucket, key);
  const open = () => {
    const parts = {
      cloud: { sites: async () => [site] },
      pathOf,
      known: createGroupSlots(keptFolder, newId),
      isHere: async ({ from, key, bytes }: ScannedObject) => {
        const found = await stat(pathOf(from?.bucket ?? '', key)).catch(() => undefined);
        return found?.size === bytes;
      },
      now: () => new Date(clock.nowMs),
      newId,
      sleep: async (_: number, signal: AbortSignal) => signal.throwIfAborted(),
      random: () => 0.5,
    };
    return {
      read: createReadAddresses(parts),
      ask: createAskInsights(parts),
      slots: createEventSlots(parts),
    };
  };
  const opened = open();
  return {
    ...opened,
    open,
    clock,
    groups,
    insights,
    async plan(addresses = ['10.0.1.5'], minutes = 60, parts = opened): Promise<InsightsPlan> {
      const range = { fromSeconds: NOON, toSeconds: NOON + minutes * 60 };
      const { plan } = await parts.read(
        SOURCE,
        range,
        { addresses, isOfOrigins: false, mayAsk: true },
        NEVER,
      );
      if (plan === undefined) throw new RangeError('all is known');
      return plan;
    },
    async linesOf(objects: readonly ScannedObject[]): Promise<readonly string[]> {
      const texts = objects.map(({ from, key }) => readFile(pathOf(from?.bucket ?? '', key), 'utf8'));
      return (await Promise.all(texts)).flatMap((text) => text.trimEnd().split('\n').slice(1));
    },
    async filesLeft(): Promise<number> {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((each) => each.isFile()).length;
    },
  };
}

/** When the slots of files began, in minutes after the first one of all. */
export function minutesOf(objects: readonly Pick<ScannedObject, 'slot'>[]): readonly number[] {
  return objects.map(({ slot }) => ((slot?.fromSeconds ?? 0) - NOON) / 60);
}
