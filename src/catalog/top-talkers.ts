import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import { ABSENT, addressColumn, countColumn } from '../core/query/columns.ts';
import { passing, touches } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { flowColumns } from '../core/query/flow-columns.ts';
import { amountOf, atOneVantage, MEASURE_COLUMNS } from '../core/query/measures.ts';
import { asksForAction, defineQuery } from '../core/query/query.ts';
import { allOf } from '../core/sql/sql.ts';

export const topTalkers = defineQuery({
  name: 'top-talkers',
  summary: 'Which pairs of addresses moved the most bytes',
  about:
    'Each pair is counted at the one interface that saw most of it, so that copies made by NAT gateways and load ' +
    'balancers do not count twice; what a NAT gateway sends on under its own address is a pair of its own. Accepted ' +
    'traffic, unless `action=` says otherwise; one side may have accepted what the other rejected.',
  args: { addr: optional(address()), ...FILTER_ARGS, top: option(whole(1, 1000), 10) },
  columns: {
    source: addressColumn('From'),
    destination: addressColumn('To'),
    ...MEASURE_COLUMNS,
    interfaces: countColumn('Interfaces'),
  },
  // A copy under the address of a NAT gateway is seen at that alone: of equal pairs the original comes first.
  foremost: ['source', 'destination', 'bytes', 'first_seen', 'last_seen', 'packets'],
  order: ['bytes desc', 'interfaces desc', 'packets desc', 'source', 'destination'],

  sql: ({ addr, action = 'ACCEPT', ...filters }) =>
    atOneVantage(
      flowColumns('source', 'destination'),
      allOf(addr !== undefined && touches(addr), passing({ ...filters, action })),
    ),

  asksFor: ({ action = 'ACCEPT' }) => asksForAction({ action }),
  finding: ([first], { action = 'ACCEPT' }, context) =>
    phrase`${anAddress(first?.source ?? ABSENT)} sent the most ${action === 'ACCEPT' ? 'accepted' : 'rejected'} traffic: ${amountOf(first?.bytes, context)} to ${anAddress(first?.destination ?? ABSENT)}.`,
  subject: ({ addr, action = 'ACCEPT' }) =>
    phrase`${action === 'ACCEPT' ? 'accepted' : 'rejected'} traffic${addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`}`,
  followUps: ([first]) =>
    first === undefined
      ? []
      : [
          { label: 'Between these two', line: `between ${first.source} ${first.destination}` },
          { label: `All of ${first.source}`, line: `traffic ${first.source}` },
          { label: 'Rejected', line: 'rejected' },
        ],
});
