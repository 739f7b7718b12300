import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { GroupSlots, KnownSlot } from '../../core/lake/read-events.ts';

const DAY_SECONDS = 86_400;
/** A year of one log group; a day takes some fifteen kilobytes. */
const MOST_DAYS = 366;

const DAY = z.record(z.string().regex(/^\d+$/), z.object({ bytes: z.number(), atSeconds: z.number() }));

type Day = Map<number, KnownSlot>;

/**
 * Remembers in files of a day, readable by this user alone, or in memory where there is no folder. A file that is damaged
 * or cannot be written costs a fetch, no answer.
 */
export function createGroupSlots(folder: string | undefined, newId: () => string): GroupSlots {
  const days = new LRUCache<string, Promise<Day>>({ max: MOST_DAYS });

  function dayOf(path: string): Promise<Day> {
    const known = days.get(path) ?? readDay(folder && join(folder, path));
    days.set(path, known);
    return known;
  }

  return {
    async find(group, startsSeconds) {
      const found = new Map<number, KnownSlot>();
      for (const [path, starts] of byDay(group, startsSeconds)) {
        const day = await dayOf(path);
        for (const start of starts) {
          const slot = day.get(start);
          if (slot !== undefined) found.set(start, slot);
        }
      }
      return found;
    },
    async learn(group, slots) {
      for (const [path, starts] of byDay(group, [...slots.keys()])) {
        const day = await dayOf(path);
        for (const start of starts) day.set(start, slots.get(start) ?? { bytes: 0, atSeconds: 0 });
        if (folder !== undefined) await writeDay(join(folder, path), day, newId()).catch(() => undefined);
      }
    },
  };
}

/** Slots by the file that they are in. */
function byDay(group: string, startsSeconds: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const name = createHash('sha256').update(group).digest('hex').slice(0, 32);
  const days = new Map<string, number[]>();
  for (const start of startsSeconds) {
    const path = join(name, `${Math.floor(start / DAY_SECONDS)}.json`);
    const known = days.get(path) ?? [];
    known.push(start);
    days.set(path, known);
  }
  return days;
}

async function readDay(path: string | undefined): Promise<Day> {
  if (path === undefined) return new Map();
  try {
    const read = DAY.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(Object.entries(read).map(([start, slot]) => [Number(start), slot]));
  } catch {
    return new Map();
  }
}

async function writeDay(path: string, day: Day, id: string): Promise<void> {
  const aside = `${path}.${id}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(aside, JSON.stringify(Object.fromEntries(day)), { mode: 0o600 });
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
