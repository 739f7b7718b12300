import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { addressColumn, bytesColumn } from '../../../src/core/query/columns.ts';
import { createCsvFile } from '../../../src/slack/question/csv-file.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const COLUMNS = [
  { name: 'source', column: addressColumn('From') },
  { name: 'bytes', column: bytesColumn() },
];

/** A CSV in a folder that is not there yet. */
async function givenCsv(folder?: string) {
  const where = folder ?? join(await tempFolder('csv'), 'csv');
  const errors: unknown[] = [];
  const file = createCsvFile({
    folder: where,
    newId: () => 'an-id',
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => file.close());
  return { file, folder: where, errors };
}

it('a CSV file has a header and all rows in their order, and can be read again for each try', async () => {
  const { file } = await givenCsv();
  await file.write(COLUMNS, [{ source: '10.0.0.1', bytes: 5n }]);
  await file.write(COLUMNS, [{ source: '=cmd()', bytes: 2n ** 60n }]);
  const content = file.content();
  const expected = "source,bytes\r\n10.0.0.1,5\r\n'=cmd(),1152921504606846976\r\n";
  expect(content?.bytes).toBe(expected.length);
  for (const time of [1, 2]) expect(content && (await text(content.read())), `${time}`).toBe(expected);
});

it('a CSV file is created with its first row, and is unlinked at once: nothing is left on the disk', async () => {
  const { file, folder } = await givenCsv();
  expect(file.content()).toBeUndefined();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  await file.write(COLUMNS, [{ source: '10.0.0.1', bytes: 5n }]);
  expect(await readdir(folder)).toEqual([]);
});

it('a CSV file that cannot be written is reported once, and counts as incomplete', async () => {
  const { file, errors } = await givenCsv('/dev/null/csv');
  await file.write(COLUMNS, [{ source: '10.0.0.1', bytes: 5n }]);
  await file.write(COLUMNS, [{ source: '10.0.0.2', bytes: 5n }]);
  expect(errors).toHaveLength(1);
  expect(file.content()).toBeUndefined();
});

it('a CSV file that is partly written counts as incomplete', async () => {
  const { folder } = await givenCsv();
  const script = `
    import { createCsvFile } from '${new URL('../../../src/slack/question/csv-file.ts', import.meta.url)}';
    const file = createCsvFile({ folder: ${JSON.stringify(folder)}, newId: () => 'an-id', onError: () => {} });
    await file.write([{ name: 'source' }], Array.from({ length: 500 }, () => ({ source: '10.0.0.1' })));
    console.log(file.content() === undefined);`;
  const limited = `ulimit -f 1; exec "$0" --import tsx --input-type=module -e "$1"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', limited, process.execPath, script]);
  expect(stdout).toBe('true\n');
});

it('a CSV file that is closed while it is opened leaves no handle open', async () => {
  const { file, errors } = await givenCsv();
  const before = await readdir('/dev/fd');
  const writing = file.write(COLUMNS, [{ source: '10.0.0.1', bytes: 5n }]);
  await file.close();
  await writing;
  expect(errors).toEqual([]);
  expect(file.content()).toBeUndefined();
  expect((await readdir('/dev/fd')).length).toBe(before.length);
});

it('a CSV file takes no rows once it is closed', async () => {
  const { file, folder } = await givenCsv();
  await file.close();
  await file.write(COLUMNS, [{ source: '10.0.0.1', bytes: 5n }]);
  expect(file.content()).toBeUndefined();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});
