import { appendFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SlotRange } from '../../core/flow-log/slots.ts';
import { slotOfEvent } from '../../core/lake/log-group-files.ts';
import type { LogEvent } from '../../core/lake/log-groups.ts';

/** Files of slots while events come, which are there as a whole or not at all. */
export interface SlotFiles {
  /** Takes events in any order; those of other slots are passed over. Returns how many bytes they took. */
  take(events: readonly LogEvent[]): Promise<number>;
  /** Makes the file of a slot of which it is known that it has no event. */
  takeNone(startSeconds: number): Promise<void>;
  /** Gives the files their names. Returns the bytes of each by the start of its slot; of a slot without events 0. */
  keep(): Promise<ReadonlyMap<number, number>>;
  /** Removes what has no name yet. */
  remove(): Promise<void>;
}

export interface SlotFilesParts {
  /** Slots of these are taken. */
  readonly range: SlotRange;
  readonly slotSeconds: number;
  readonly fields: readonly string[];
  /** Where the file of a slot is to be, by its start. */
  readonly pathOf: (startSeconds: number) => string;
  readonly newId: () => string;
}

/** Writes them as AWS writes flow logs: a header, and a line for each record. A file has the time of its slot, so that its mark says what is in it. */
export function createSlotFiles({
  range: { fromSeconds, toSeconds },
  slotSeconds,
  fields,
  pathOf,
  newId,
}: SlotFilesParts): SlotFiles {
  const header = `${fields.join(' ')}\n`;
  const aside = newId();
  const written = new Map<number, number>();
  const asideOf = (start: number) => `${pathOf(start)}.${aside}`;

  async function append(start: number, lines: string): Promise<void> {
    const before = written.get(start);
    const path = asideOf(start);
    if (before === undefined) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, header, { mode: 0o600 });
    }
    await appendFile(path, lines);
    written.set(start, (before ?? Buffer.byteLength(header)) + Buffer.byteLength(lines));
  }

  return {
    async take(events) {
      const lines = new Map<number, string[]>();
      for (const event of events) {
        const start = slotOfEvent(event, fields);
        if (start < fromSeconds || start >= toSeconds) continue;
        const own = lines.get(start) ?? [];
        own.push(event.message.replaceAll(/[\r\n]+/g, ' '));
        lines.set(start, own);
      }
      let bytes = 0;
      for (const [start, own] of lines) {
        const text = `${own.join('\n')}\n`;
        await append(start, text);
        bytes += Buffer.byteLength(text);
      }
      return bytes;
    },
    takeNone: (start) => append(start, ''),
    async keep() {
      const kept = new Map<number, number>();
      for (let start = fromSeconds; start < toSeconds; start += slotSeconds) {
        const bytes = written.get(start) ?? 0;
        if (bytes > 0) {
          await utimes(asideOf(start), start, start);
          await rename(asideOf(start), pathOf(start));
        }
        kept.set(start, bytes);
      }
      return kept;
    },
    async remove() {
      await Promise.all([...written.keys()].map((start) => rm(asideOf(start), { force: true })));
    },
  };
}
