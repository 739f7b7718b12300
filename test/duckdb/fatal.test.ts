import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnName, DEFAULT_FORMAT, FIELDS, type FieldName } from '../../src/core/flow-log/fields.ts';
import { isFatal, wasEndedByAnother } from '../../src/duckdb/engine-error.ts';
import { openDuckdb } from '../../src/duckdb/open-duckdb.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { lineOf, logText, writeBytes, writeLake } from '../support/write-lake.ts';

const COUNT = 'SELECT count(*) AS n FROM flow_records';
/** Runs so long that others begin meanwhile. */
const SLOW = 'SELECT count(*) AS n FROM flow_records AS a, flow_records AS b, range(40000000) AS c';

/**
 * A lake, and a statement that ends DuckDB 1.5 itself: of a line that is no UTF-8 in its last word it looks for a column
 * that was not asked for, where the file is read strictly.
 */
async function fatalLake() {
  const folder = await tempFolder();
  await writeLake(folder, [flow(NOON), flow(NOON + 300)]);
  const odd = join(folder, '.odd.log');
  const line = lineOf(flow(NOON));
  const parts = [logText([line]), line, Uint8Array.of(0xe9, 0x0a)];
  await writeBytes(odd, Buffer.concat(parts.map((part) => Buffer.from(part))));
  const typeOf = (field: FieldName) => (FIELDS[field].type === 'text' ? 'VARCHAR' : 'BIGINT');
  const columns = DEFAULT_FORMAT.map((field) => `'${columnName(field)}': '${typeOf(field)}'`);
  const options = `delim = ' ', header = true, auto_detect = false, quote = '', escape = '', nullstr = '-'`;
  const fatal = `SELECT log_status, "end" FROM read_csv('${odd}', columns = {${columns.join(', ')}}, ${options})`;
  return { folder, fatal };
}

const INTERNAL = { name: 'EngineError', code: 'broken', message: expect.stringContaining('INTERNAL Error') };

describe('a statement that ends DuckDB', () => {
  it('fails alone: the next one is answered, as often as that happens', async () => {
    const { folder, fatal } = await fatalLake();
    const { rows } = await openLocalLake(folder);
    for (let time = 0; time < 3; time += 1) {
      await expect(rows(fatal)).rejects.toMatchObject(INTERNAL);
      expect((await rows(COUNT)).rows).toEqual([[2n]]);
    }
  });

  it('does not fail those that run at the same time, or begin as it fails', async () => {
    const { folder, fatal } = await fatalLake();
    const { rows } = await openLocalLake(folder, { memoryLimitMb: 512 });
    const slow = rows(SLOW);
    const others = Array.from({ length: 12 }, async () => {
      await expect(rows(fatal)).rejects.toMatchObject(INTERNAL);
      return (await rows(COUNT)).rows;
    });
    expect(await Promise.all(others)).toEqual(others.map(() => [[2n]]));
    expect((await slow).rows).toEqual([[160_000_000n]]);
  });

  it('is distinguished from those that it fails', async () => {
    const { folder, fatal } = await fatalLake();
    const spillFolder = await tempFolder('spill');
    const duckdb = await openDuckdb({ lakeFolder: folder, spillFolder, memoryLimitMb: 256, threads: 2 });
    const [culprit, victim] = [await duckdb.connect(), await duckdb.connect()];
    const error = await culprit.run(fatal).catch((thrown: unknown) => thrown);
    expect([isFatal(error), wasEndedByAnother(error)]).toEqual([true, false]);
    const other = await victim.run('SELECT 1').catch((thrown: unknown) => thrown);
    expect([isFatal(other), wasEndedByAnother(other)]).toEqual([true, true]);
    duckdb.failed(culprit, error);
    const again = await duckdb.connect();
    duckdb.failed(victim, other);
    expect((await again.runAndReadAll('SELECT 1')).getRows()).toEqual([[1]]);
    duckdb.closeSync();
  });

  it('leaves a DuckDB that is locked down like the first', async () => {
    const { folder, fatal } = await fatalLake();
    const { rows } = await openLocalLake(folder);
    await expect(rows(fatal)).rejects.toMatchObject(INTERNAL);
    await expect(rows(`SELECT * FROM read_text('/etc/hostname')`)).rejects.toMatchObject({ code: 'denied' });
  });
});
