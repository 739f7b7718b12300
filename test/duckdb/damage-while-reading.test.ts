import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDuckdbEngine } from '../../src/duckdb/duckdb-engine.ts';
import { createFolderLake } from '../../src/duckdb/lake/folder-lake.ts';
import { textShape } from '../../src/duckdb/lake/inspect-text.ts';
import { createFolderFiles } from '../../src/duckdb/lake/lake-files.ts';
import { openDuckdb } from '../../src/duckdb/open-duckdb.ts';
import { collected } from '../support/collected.ts';
import { flow, NOON } from '../support/flow.ts';
import { tempFolder } from '../support/open-local-lake.ts';
import { lineOf, logText, writeLake } from '../support/write-lake.ts';

const { signal } = new AbortController();

/** An engine that looks into no file: each is taken for a whole log, as in the moment after it was looked into. */
async function trusting(folder: string) {
  const spillFolder = await tempFolder('spill');
  const duckdb = await openDuckdb({ lakeFolder: folder, spillFolder, memoryLimitMb: 256, threads: 2 });
  const shape = textShape(logText([]));
  if ('reason' in shape) throw new RangeError(shape.reason);
  const inspect = async () => ({ shape, mark: '' });
  return createDuckdbEngine({
    duckdb,
    lakeFiles: createFolderFiles(folder, inspect),
    elapsedMs: () => 0,
    newId: () => 'run-1',
  });
}

describe('a file that is damaged in the moment after it was looked into', () => {
  it.each([
    ['no gzip any more', 'garbage'],
    [
      'a gzip file with something behind it',
      Buffer.concat([gzipSync(logText([lineOf(flow(NOON))])), Buffer.from('tail')]),
    ],
    [
      'of mixed line ends',
      gzipSync(`${logText([lineOf(flow(NOON)), lineOf(flow(NOON))])}${lineOf(flow(NOON))}\r\n`),
    ],
  ])('is found and named though the engine’s error names none: %s', async (_, bytes) => {
    const folder = await tempFolder();
    const [, key = '', another = ''] = await writeLake(folder, [
      flow(NOON),
      flow(NOON + 300),
      flow(NOON + 600),
    ]);
    await writeFile(join(folder, key), bytes);
    const engine = await trusting(folder);
    const objects = await createFolderLake(folder).during(
      { fromSeconds: NOON, toSeconds: NOON + 900 },
      signal,
    );
    const source = { name: 'x', region: 'x', fields: ['end'] };
    const tables = [{ name: 'flow_records', fields: ['end'] }];
    const scan = { source, tables, objects, unread: [], notes: [], storedRange: undefined };
    const text = 'SELECT "end", srcaddr FROM flow_records ORDER BY "end"';
    const run = await collected(engine, { text, bound: [], scan }, signal);
    expect(run.rows.map(([end]) => end)).toEqual([BigInt(NOON), BigInt(NOON + 600)]);
    expect(run.unread).toMatchObject([{ key, reason: 'could not be read to its end' }]);
    expect(objects.map((object) => object.key)).toContain(another);
  });
});
