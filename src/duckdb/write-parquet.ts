import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { columnName, FIELDS, isField } from '../core/flow-log/fields.ts';

const TYPES = { text: 'VARCHAR', integer: 'INTEGER', long: 'BIGINT' } as const;

/** One instance for the process: to start one takes longer than to write a file. */
const WRITER = ':memory:parquet-writer';

/**
 * Writes lines as a Parquet file as AWS does: names with underscores, INT_32 and INT_64 where the field table says
 * so, gzip inside. `-` is null in a number and stays `-` in text.
 */
export async function writeParquet(
  path: string,
  fields: readonly string[],
  lines: readonly string[],
): Promise<void> {
  // Under hidden names first, which no reader of a lake lists.
  const text = join(dirname(path), `.${basename(path)}.txt`);
  const hidden = join(dirname(path), `.${basename(path)}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(text, `${[fields.join(' '), ...lines].join('\n')}\n`);
  const columns = fields.map((field) => `'${columnName(field)}': 'VARCHAR'`).join(', ');
  const { DuckDBInstance } = await import('./library.ts');
  const connection = await (await DuckDBInstance.fromCache(WRITER)).connect();
  try {
    await connection.run(`COPY (
      SELECT ${fields.map(typed).join(', ')}
      FROM read_csv('${text}', delim = ' ', header = true, auto_detect = false, quote = '', nullstr = '', columns = {${columns}})
    ) TO '${hidden}' (FORMAT parquet, COMPRESSION gzip)`);
    await rename(hidden, path);
  } finally {
    connection.closeSync();
    await rm(text);
  }
}

function typed(field: string): string {
  const name = `"${columnName(field)}"`;
  const type = isField(field) ? TYPES[FIELDS[field].type] : 'VARCHAR';
  return type === 'VARCHAR' ? name : `CAST(nullif(${name}, '-') AS ${type}) AS ${name}`;
}
