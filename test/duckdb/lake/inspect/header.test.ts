import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../../src/core/flow-log/fields.ts';
import { flow, silence } from '../../../support/flow.ts';
import { openLake } from '../../../support/open-lake.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { lineOf, logText, writeLake } from '../../../support/write-lake.ts';
import { nameOf, SLOT, withGoodFile } from './with-good-file.ts';

const NAME = nameOf('log.gz');

describe('a header', () => {
  it('names the columns, in whatever order they are', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(SLOT)], { fields: DEFAULT_FORMAT.toReversed() });
    const lake = await openLocalLake(folder);
    const { rows } = await lake.rows('SELECT srcaddr, dstaddr, srcport, dstport, "end" FROM flow_records');
    expect(rows).toEqual([['203.0.113.9', '10.0.1.5', 50_001n, 443n, BigInt(SLOT)]]);
  });

  it.each(['gz', 'parquet'] as const)(
    'of a %s file may name fields that flowlog does not know: they stay text, and the answer says so',
    async (format) => {
      const folder = await tempFolder();
      const fields = [...DEFAULT_FORMAT, 'quantum-state', 'weight'];
      await writeLake(folder, [flow(SLOT, { 'quantum-state': 'up', weight: '007' })], { fields, format });
      const lake = await openLocalLake(folder);
      const { rows } = await lake.rows('SELECT quantum_state, weight FROM flow_records');
      expect(rows).toEqual([['up', '007']]);
      const { ask, close } = await openLake(folder, LONG_AFTER);
      const { coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T12:30Z');
      await close();
      expect(coverage.notes).toEqual([
        'fields that flowlog does not know are kept as text: quantum_state, weight',
      ]);
    },
  );

  it('alone is a log of a slot without records, and a whole file', async () => {
    const found = await withGoodFile(NAME, gzipSync(logText([])));
    expect(found).toMatchObject({ reason: undefined, ports: [50_001], coverage: { filesRead: 2 } });
  });

  it('that names a field twice is refused by the name of the field', async () => {
    const fields = [...DEFAULT_FORMAT, 'srcaddr'];
    const found = await withGoodFile(NAME, gzipSync(logText([lineOf(flow(SLOT), fields)], fields)));
    expect(found).toMatchObject({ reason: 'names the field "srcaddr" twice in its header', ports: [50_001] });
  });

  it.each([
    [['start'], 'does not record start, so the time of its records is not known'],
    [['start', 'end'], 'does not record start and end, so the time of its records is not known'],
  ])('without %s is refused, because its records have no time', async (missing, reason) => {
    const fields = DEFAULT_FORMAT.filter((field) => !missing.includes(field));
    const found = await withGoodFile(NAME, gzipSync(logText([lineOf(flow(SLOT), fields)], fields)));
    expect(found).toMatchObject({ reason, ports: [50_001] });
  });
});

describe('a log without the field log-status', () => {
  const fields = DEFAULT_FORMAT.filter((field) => field !== 'log-status');
  const records = [flow(SLOT, { srcport: 7 }), silence(SLOT + 1, 'NODATA')];

  it.each(['gz', 'parquet'] as const)(
    'still shows its traffic, and says what is not known (%s)',
    async (format) => {
      const folder = await tempFolder();
      await writeLake(folder, records, { fields, format });
      const { ask, close } = await openLake(folder, LONG_AFTER);
      const { rows, coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T12:30Z');
      await close();
      expect(rows.map(({ srcport }) => srcport)).toEqual([7]);
      expect(coverage).toMatchObject({ matched: 1 });
      expect(coverage.notes).toEqual([
        '1 of 1 files do not record log-status, so flows that AWS skipped look like no traffic',
      ]);
    },
  );

  it('shows its traffic together with files that have the field', async () => {
    const found = await withGoodFile(
      NAME,
      gzipSync(
        logText(
          records.map((record) => lineOf(record, fields)),
          fields,
        ),
      ),
    );
    expect(found.ports).toEqual([7, 50_001]);
  });
});

describe('a file without a header', () => {
  it('is read in the default format when its first line is a record of it', async () => {
    const lines = [lineOf(silence(SLOT, 'SKIPDATA')), lineOf(flow(SLOT, { srcport: 7 }))];
    const found = await withGoodFile(NAME, gzipSync(`${lines.join('\n')}\n`));
    expect(found).toMatchObject({ reason: undefined, ports: [7, 50_001], coverage: { skipData: 1 } });
  });

  it('may be the export of CloudWatch, with the time of arrival in front', async () => {
    const lines = [1, 2].map((srcport) => `2026-03-05T12:06:00.000Z ${lineOf(flow(SLOT, { srcport }))}`);
    const found = await withGoodFile('000000.gz', gzipSync(`${lines.join('\n')}\n`));
    expect(found).toMatchObject({ reason: undefined, ports: [1, 2, 50_001] });
  });
});
