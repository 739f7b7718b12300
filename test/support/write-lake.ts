import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import { writeParquet } from '../../src/duckdb/write-parquet.ts';
import type { PlainRecord } from './flow.ts';
import { type KeyOptions, lakeKey } from './lake-key.ts';

/** How a lake is written; everything has a usual choice. */
export interface LakeOptions extends Partial<Omit<KeyOptions, 'ending'>> {
  readonly format?: 'gz' | 'plain' | 'parquet';
  /** AWS writes a file for every five minutes; converted logs often have one an hour, named on the hour. */
  readonly slotSeconds?: 300 | 3600;
  /** The header, in the order of the columns: any names, known or not. */
  readonly fields?: readonly string[];
}

/** A record by field names, or a whole line, well formed or not, with its `end`. */
export type LakeRecord = PlainRecord | { readonly line: string; readonly end: number };

/**
 * Writes records as one flow log in AWS's S3 layout, each into the file of the slot in which it ENDED, and returns
 * the keys of the files, oldest first. Call it again for another account, region or format in the same folder.
 *
 * @example
 * await writeLake(folder, [flow(NOON + 30), flow(NOON + 4000, { action: 'REJECT' })]);
 * await writeLake(folder, records, { layout: 'hive-hourly', format: 'parquet', region: 'eu-west-1' });
 * await writeLake(folder, records, { fields: ['end', 'start', 'srcaddr', 'dstaddr', 'log-status'], prefix: 'a/b' });
 */
export async function writeLake(
  folder: string,
  records: readonly LakeRecord[],
  options: LakeOptions = {},
): Promise<readonly string[]> {
  const { format = 'gz', slotSeconds = 300, fields = DEFAULT_FORMAT } = options;
  const ending = { gz: 'log.gz', plain: 'log', parquet: 'log.parquet' }[format];
  const slots = new Map<number, string[]>();
  for (const record of records) {
    const slot = Math.floor(Number(record.end) / slotSeconds) * slotSeconds;
    const lines = slots.get(slot) ?? [];
    slots.set(slot, lines);
    lines.push('line' in record ? String(record.line) : lineOf(record, fields));
  }
  const keys: string[] = [];
  for (const [slot, lines] of [...slots].toSorted(([a], [b]) => a - b)) {
    const key = lakeKey(slot, { ...USUAL, ...options, ending });
    await writeLog(join(folder, key), fields, lines);
    keys.push(key);
  }
  return keys;
}

const USUAL = {
  layout: 'daily',
  prefix: '',
  account: '012345678901',
  region: 'eu-central-1',
  flowLog: 'fl-0123456789abcdef0',
} as const;

/** A record as a line of a text log: values in the header's order, `-` for what it lacks. */
export function lineOf(record: PlainRecord, fields: readonly string[] = DEFAULT_FORMAT): string {
  return fields.map((field) => record[field] ?? '-').join(' ');
}

/** A text log as AWS writes it: header first, a newline behind every line. */
export function logText(lines: readonly string[], fields: readonly string[] = DEFAULT_FORMAT): string {
  return `${[fields.join(' '), ...lines].join('\n')}\n`;
}

/** Writes one log file; its name shows whether it is gzipped text, plain text or Parquet. */
export async function writeLog(
  path: string,
  fields: readonly string[],
  lines: readonly string[],
): Promise<void> {
  if (path.endsWith('.parquet')) return writeParquet(path, fields, lines);
  const text = logText(lines, fields);
  await writeBytes(path, path.endsWith('.gz') ? gzipSync(text) : text);
}

/** Writes a file of any content, and the folders above it. */
export async function writeBytes(path: string, bytes: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
