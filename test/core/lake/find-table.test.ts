import { describe, expect, it } from 'vitest';
import { compareTables } from '../../../src/core/lake/find-table.ts';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import type { StoredTable } from '../../../src/core/lake/tables.ts';
import { aSource, LAYOUTS } from '../../support/a-source.ts';

const options = { database: 'flowlog', since: new Date('2026-11-20T00:00:00Z') };
const PROJECTED = tableFor(aSource(), { ...options, mode: 'projected' });
const EXPLICIT = tableFor(aSource(), { ...options, mode: 'explicit' });

function differences(change: Partial<StoredTable>, wanted = PROJECTED): readonly string[] {
  return compareTables(wanted, { ...wanted, ...change });
}

describe('a table that is there', () => {
  it.each(LAYOUTS)('fits itself, whenever it was made: %o', (layout) => {
    for (const mode of ['projected', 'explicit'] as const) {
      const spec = tableFor(aSource('fl-1', { layout }), { ...options, mode });
      const earlier = tableFor(aSource('fl-1', { layout }), { ...options, mode, since: new Date(0) });
      expect(compareTables(spec, earlier)).toEqual([]);
    }
  });

  it('may be of another owner, with properties of its own and no slash at the end', () => {
    const { 'managed-by': _ours, ...properties } = PROJECTED.properties;
    const location = PROJECTED.location.replace(/\/$/, '');
    expect(differences({ location, properties: { ...properties, comment: 'mine' } })).toEqual([]);
  });

  it('with another column, one less or one more differs: the first difference is named', () => {
    const [first, second, ...rest] = PROJECTED.columns;
    const columns = [first, second].flatMap((each) => each ?? []);
    expect(differences({ columns: [...columns.toReversed(), ...rest] })).toEqual([
      'column 1 is srcaddr string, wanted is version int',
    ]);
    expect(differences({ columns: PROJECTED.columns.slice(0, -1) })).toEqual([
      'column 7 is missing, wanted is log_status string',
    ]);
    expect(differences({ columns: [...PROJECTED.columns, { name: 'more', type: 'string' }] })).toEqual([
      'column 8 is more string, wanted is none',
    ]);
  });

  it('with other partitions, format or location differs', () => {
    expect(differences({ partitionKeys: [] })).toEqual([
      'partition key 1 is missing, wanted is p_account string',
    ]);
    expect(differences({ format: undefined })).toEqual(['it reads another format, the files are text']);
    expect(differences({ format: 'parquet' })).toEqual(['it reads parquet, the files are text']);
    expect(differences({ location: 's3://other/' })).toEqual([
      `its location is s3://other/, the files are under ${PROJECTED.location}`,
    ]);
  });

  it('with other projection, or without any, differs', () => {
    const { 'skip.header.line.count': _skip, ...properties } = PROJECTED.properties;
    expect(differences({ properties })).toEqual(['skip.header.line.count is not set, wanted is 1']);
    expect(
      differences({ properties: { ...PROJECTED.properties, 'projection.p_account.values': '1' } }),
    ).toEqual(['projection.p_account.values is 1, wanted is 123456789012']);
    expect(compareTables(EXPLICIT, PROJECTED)).toEqual([
      'its partitions are projected, wanted are explicit ones',
    ]);
    expect(compareTables(PROJECTED, EXPLICIT)[0]).toBe('projection.enabled is not set, wanted is true');
  });
});
