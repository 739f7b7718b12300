import { fromUnixTime } from 'date-fns';
import { interfaceId } from '../core/args/interface-id.ts';
import { option } from '../core/args/option.ts';
import * as column from '../core/columns/kinds.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { allOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

const MISSING = 'no file';

export const gaps = defineQuery({
  name: 'gaps',
  summary: 'Where the logs say nothing: skipped records, silent interfaces, missing files',
  about:
    'SKIPDATA: AWS lost flows, one record may stand for many. NODATA: the interface had no traffic, which is evidence. ' +
    'No file: a five-minute slot without one; a quiet network may have none to write.',
  args: { eni: option(interfaceId()) },
  columns: {
    what: column.text('What'),
    interface_id: column.networkInterface('Interface or flow log'),
    records: column.count('Records'),
    first_seen: column.moment('From'),
    last_seen: column.moment('To'),
  },
  order: ['what desc', 'records desc', 'interface_id'],

  sql: (filters) => ({
    from: 'records',
    where: allOf(sql`log_status <> 'OK'`, passing(filters)),
    groupBy: { ...columnsNamed('interface_id'), what: sql`log_status` },
    select: {
      records: sql`count(*)`,
      first_seen: sql`min(start_seconds)`,
      last_seen: sql`max(end_seconds)`,
    },
  }),

  judge: (rows, { eni }, { coverage }) => [
    ...(eni === undefined ? coverage.missingSlots : []).map(({ flowLog, fromSeconds, toSeconds }) => ({
      what: MISSING,
      interface_id: flowLog === '' ? column.ABSENT : flowLog,
      records: 0,
      first_seen: fromUnixTime(fromSeconds),
      last_seen: fromUnixTime(toSeconds),
    })),
    ...rows,
  ],

  headline: (rows, _, more) => {
    const found = (status: string) => rows.filter(({ what }) => what === status).length;
    const [skipped, silent, missing] = [found('SKIPDATA'), found('NODATA'), found(MISSING)];
    // What was not found is not told: where no file was read, none lost flows would be a claim without proof.
    const parts = [
      skipped > 0 && `${plural(skipped, 'interface')} lost flows (SKIPDATA)`,
      silent > 0 && `${plural(silent, 'interface')} had intervals without traffic (NODATA)`,
      missing > 0 && `${plural(missing, 'stretch', 'stretches')} without a file`,
    ];
    return `${more ? 'At least ' : ''}${parts.filter((part) => part !== false).join(', ')}.`;
  },
  subject: () => 'missing data',
  followUps: () => [{ label: 'Over time', line: 'timeline' }],
});

function plural(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
