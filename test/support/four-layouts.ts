import { join } from 'node:path';
import { DEFAULT_FORMAT, FIELD_NAMES } from '../../src/core/flow-log/fields.ts';
import { madeRecords } from './made-records.ts';
import { referencePath } from './reference.ts';
import { sharedFolder } from './shared-folder.ts';
import { writeLake } from './write-lake.ts';

/** Flow logs in each of the four layouts, and where their records are from. */
export interface FourLayouts {
  readonly records: 'made' | 'real';
  /** Holds a folder for each: text-daily, parquet-daily, text-hive-hourly, parquet-hive-hourly. */
  readonly folder: string;
}

/** From when the made records of a layout are: two hours that cross midnight where the files are hourly. */
export const MADE_FROM = { daily: '2026-03-05T12:00Z', hourly: '2026-03-05T23:00Z' } as const;
export const MADE_UNTIL = { daily: '2026-03-05T14:00Z', hourly: '2026-03-06T01:00Z' } as const;

/** The fields of versions 2 to 5. */
const UP_TO_V5 = FIELD_NAMES.slice(0, 29);

let made: Promise<string> | undefined;

/** The folder of the made records, written once for all tests of a process. */
export function madeLayouts(): Promise<string> {
  made ??= makeLayouts();
  return made;
}

/** The folder of real records; undefined, said aloud, where it is not there. */
export function realLayouts(): string | undefined {
  return referencePath('data/layouts');
}

/** The made records, and the real ones where they are. */
export async function fourLayouts(): Promise<readonly FourLayouts[]> {
  const real = realLayouts();
  return [
    { records: 'made', folder: await madeLayouts() },
    ...(real === undefined ? [] : [{ records: 'real', folder: real } as const]),
  ];
}

async function makeLayouts(): Promise<string> {
  const folder = await sharedFolder();
  for (const [content, format] of [
    ['text', 'gz'],
    ['parquet', 'parquet'],
  ] as const) {
    // The text and the Parquet files hold the same records, as if one had been converted to the other.
    await writeLake(join(folder, `${content}-daily`), madeRecords(MADE_FROM.daily), {
      format,
      fields: DEFAULT_FORMAT,
    });
    await writeLake(join(folder, `${content}-hive-hourly`), madeRecords(MADE_FROM.hourly), {
      format,
      layout: 'hive-hourly',
      fields: UP_TO_V5,
      slotSeconds: 3600,
    });
  }
  return folder;
}
