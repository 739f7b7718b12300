import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A record as read back: the file it was in, its values by the header's names. */
export interface ReadBack {
  readonly file: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Paths of all log files below a folder, in order; hidden files and the anchor are no log files. */
export async function logFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.log.gz') && !path.basename(name).startsWith('.')).toSorted();
}

/** The bytes of each log file by its path, as text so that they compare fast. */
export async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await logFiles(folder);
  const read = files.map(async (file) => [file, await readFile(path.join(folder, file), 'base64')] as const);
  return new Map(await Promise.all(read));
}

/** Reads every record of a folder by each file's own header, with nothing of the code that wrote them. */
export async function readBack(folder: string): Promise<readonly ReadBack[]> {
  const read = await contents(folder);
  return [...read].flatMap(([file, bytes]) => {
    const [header = '', ...lines] = gunzipSync(Buffer.from(bytes, 'base64'))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const names = header.split(' ');
    return lines.map((line) => {
      const words = line.split(' ');
      if (words.length !== names.length) throw new Error(`${file} has a line of ${words.length} words.`);
      return { file, values: Object.fromEntries(names.map((name, index) => [name, words[index] ?? ''])) };
    });
  });
}

/** The sum of a column. */
export function total(records: readonly ReadBack[], field: string): number {
  return records.reduce((sum, { values }) => sum + Number(values[field]), 0);
}

/** The records that have all the given values. */
export function having(
  records: readonly ReadBack[],
  wanted: Readonly<Record<string, string>>,
): readonly ReadBack[] {
  return records.filter(({ values }) =>
    Object.entries(wanted).every(([name, value]) => values[name] === value),
  );
}

/** The different values of a column, in order. */
export function distinct(records: readonly ReadBack[], field: string): readonly string[] {
  return [...new Set(records.map(({ values }) => values[field] ?? ''))].toSorted();
}

/** The records under each key. */
export function groupedBy(
  records: readonly ReadBack[],
  keyOf: (record: ReadBack) => string,
): ReadonlyMap<string, readonly ReadBack[]> {
  const groups = new Map<string, ReadBack[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

/** The values of some columns of each record, in an order that does not depend on the records' own. */
export function picked(records: readonly ReadBack[], fields: readonly string[]): readonly string[] {
  return records.map(({ values }) => fields.map((field) => values[field]).join(' ')).toSorted();
}
