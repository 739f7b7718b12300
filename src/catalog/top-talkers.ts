import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { optional } from '../core/args/optional.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { touches } from '../core/flow-sql/address-match.ts';
import { amountOf } from '../core/flow-sql/amount-of.ts';
import { atOneVantage } from '../core/flow-sql/at-one-vantage.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { MEASURE_COLUMNS } from '../core/flow-sql/measure-columns.ts';
import { asksForAction, defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { allOf } from '../core/sql/conditions.ts';

export const topTalkers = defineQuery({
  name: 'top-talkers',
  summary: 'Which pairs of addresses moved the most bytes',
  about:
    'Each pair is counted at the one interface that saw most of it, so that copies made by NAT gateways and load ' +
    'balancers do not count twice; what a NAT gateway sends on under its own address is a pair of its own. Accepted ' +
    'traffic, unless `action=` says otherwise; one side may have accepted what the other rejected.',
  args: { addr: optional(address()), ...FILTER_ARGS, top: option(whole(1, 1000), 10) },
  columns: {
    source: column.address('From'),
    destination: column.address('To'),
    ...MEASURE_COLUMNS,
    interfaces: column.count('Interfaces'),
  },
  // A copy under the address of a NAT gateway is seen at that alone: of equal pairs the original comes first.
  order: ['bytes desc', 'interfaces desc', 'packets desc', 'source', 'destination'],

  sql: ({ addr, action = 'ACCEPT', ...filters }) =>
    atOneVantage(
      columnsNamed('source', 'destination'),
      allOf(addr !== undefined && touches(addr), passing({ ...filters, action })),
    ),

  asksFor: ({ action = 'ACCEPT' }) => asksForAction({ action }),
  headline: ([first], { action = 'ACCEPT' }, context) =>
    `${first?.source} sent the most ${action === 'ACCEPT' ? 'accepted' : 'rejected'} traffic: ${amountOf(first?.bytes, context)} to ${first?.destination}.`,
  subject: ({ addr, action = 'ACCEPT' }) =>
    `${action === 'ACCEPT' ? 'accepted' : 'rejected'} traffic${addr === undefined ? '' : ` of ${addr.text}`}`,
  followUps: ([first]) =>
    first === undefined
      ? []
      : [
          { label: 'Between these two', line: `between ${first.source} ${first.destination}` },
          { label: `All of ${first.source}`, line: `traffic ${first.source}` },
          { label: 'Rejected', line: 'rejected' },
        ],
});
