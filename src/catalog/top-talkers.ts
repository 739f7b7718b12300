import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import { ABSENT, addressColumn, countColumn, textColumn } from '../core/query/columns.ts';
import { passing, touches } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { amountOf, MEASURE_COLUMNS } from '../core/query/measures.ts';
import { asksForAction, defineQuery } from '../core/query/query.ts';
import { pairsWithRelays } from '../core/query/relays.ts';
import { timesOf } from '../core/query/states/finding-of-rows.ts';
import { allOf } from '../core/sql/sql.ts';

export const topTalkers = defineQuery({
  name: 'top-talkers',
  summary: 'Which pairs of addresses moved the most bytes',
  about:
    'Each pair is counted at the one interface that saw most of it, so that copies made by NAT gateways and load ' +
    'balancers do not count twice; what a NAT gateway sends on under its own address is a pair of its own, which is ' +
    'marked where as much went in as out. Accepted ' +
    'traffic, unless `action=` says otherwise; one side may have accepted what the other rejected.',
  args: { addr: optional(address()), ...FILTER_ARGS, top: option(whole(1, 1000), 10) },
  columns: {
    source: addressColumn('From'),
    destination: addressColumn('To'),
    ...MEASURE_COLUMNS,
    interfaces: countColumn('Interfaces'),
    relay: textColumn('Relay'),
  },
  // A copy under the address of a NAT gateway is seen at that alone: of equal pairs the original comes first.
  foremost: ['source', 'destination', 'bytes', 'first_seen', 'last_seen', 'relay', 'packets'],
  order: ['bytes desc', 'interfaces desc', 'packets desc', 'source', 'destination'],

  sql: ({ addr, action = 'ACCEPT', ...filters }) =>
    pairsWithRelays(allOf(addr !== undefined && touches(addr), passing({ ...filters, action }))),

  asksFor: ({ action = 'ACCEPT' }) => asksForAction({ action }),
  finding: (rows, { action = 'ACCEPT' }, context) => {
    const [first] = rows.filter(({ relay }) => relay === ABSENT).concat(rows);
    const accepted = action === 'ACCEPT' ? 'accepted' : 'rejected';
    const [sender, receiver] = [anAddress(first?.source ?? ABSENT), anAddress(first?.destination ?? ABSENT)];
    const amount = amountOf(first?.bytes, context);
    const times = first === undefined ? [] : timesOf(first.first_seen, first.last_seen, context);
    return phrase`${sender} sent ${amount} to ${receiver}${times}, the most ${accepted} traffic.`;
  },
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
