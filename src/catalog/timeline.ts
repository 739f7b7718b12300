import { fromUnixTime, getUnixTime } from 'date-fns';
import { isKnown } from '../core/answer/coverage/is-known.ts';
import { address } from '../core/args/address.ts';
import { optional } from '../core/args/optional.ts';
import { sumOf } from '../core/columns/integer.ts';
import * as column from '../core/columns/kinds.ts';
import { showInteger } from '../core/columns/show-integer.ts';
import { touches } from '../core/flow-sql/address-match.ts';
import { bucketSeconds, bucketStarts } from '../core/flow-sql/bucket.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { defineQuery } from '../core/query.ts';
import { allOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

const { action: _action, ...FILTERS_BUT_ACTION } = FILTER_ARGS;

export const timeline = defineQuery({
  name: 'timeline',
  summary: 'Accepted and rejected records over time',
  about:
    'A record counts where it began, or in the first bucket when it began before the window. Records are counted at ' +
    'every interface that saw the traffic: the course over time is what to read, not the height. Where there are no ' +
    'logs there is no number.',
  args: { addr: optional(address()), ...FILTERS_BUT_ACTION },
  columns: {
    bucket: column.moment('From'),
    accepted: column.optionalCount('Accepted'),
    rejected: column.optionalCount('Rejected'),
  },
  order: ['bucket'],

  sql: ({ addr, ...filters }, { window }) => {
    const began = sql`greatest(start_seconds, ${getUnixTime(window.from)})`;
    return {
      from: 'flows',
      where: allOf(addr !== undefined && touches(addr), passing(filters)),
      groupBy: { bucket: sql`${began} - ${began} % ${bucketSeconds(window)}` },
      select: {
        accepted: sql`count(*) FILTER (WHERE action = 'ACCEPT')`,
        rejected: sql`count(*) FILTER (WHERE action = 'REJECT')`,
      },
    };
  },

  judge: (rows, _, { window, coverage }) => {
    if (rows.length === 0) return rows;
    const length = bucketSeconds(window);
    const counted = new Map(rows.map((row) => [getUnixTime(row.bucket), row]));
    return bucketStarts(window, length).map((start) => {
      // None was seen only where one would have been: a bucket without logs has no number.
      const none = isKnown({ fromSeconds: start, toSeconds: start + length }, coverage) ? 0 : null;
      return counted.get(start) ?? { bucket: fromUnixTime(start), accepted: none, rejected: none };
    });
  },

  headline: (rows, { addr }, more) => {
    const accepted = showInteger(sumOf(rows.map((row) => row.accepted ?? 0)));
    const rejected = showInteger(sumOf(rows.map((row) => row.rejected ?? 0)));
    const whose = addr === undefined ? '' : ` of ${addr.text}`;
    const part = more ? ` in the first ${rows.length} buckets; the others are not shown` : '';
    return `${accepted} accepted and ${rejected} rejected records${whose}${part}.`;
  },
  subject: ({ addr }) => `traffic${addr === undefined ? '' : ` of ${addr.text}`}`,
  followUps: (_, { addr }) => [
    { label: 'What was rejected', line: addr === undefined ? 'rejected' : `rejected ${addr.text}` },
    { label: 'Top talkers', line: addr === undefined ? 'top-talkers' : `top-talkers ${addr.text}` },
  ],
});
