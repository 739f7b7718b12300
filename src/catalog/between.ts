import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { required } from '../core/args/required.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { sentBy, sentTo } from '../core/flow-sql/address-match.ts';
import { atOneVantage } from '../core/flow-sql/at-one-vantage.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { MEASURE_COLUMNS } from '../core/flow-sql/measure-columns.ts';
import { SERVICE_PORT } from '../core/flow-sql/service-port.ts';
import { defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { allOf, anyOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

export const between = defineQuery({
  name: 'between',
  summary: 'What two addresses said to each other, request by request and reply by reply',
  about:
    'Each direction is a row of its own, counted at the one interface that saw most of it. Requests without replies, ' +
    'or accepted at one side and rejected at the other, are what to look for.',
  args: {
    a: required(address()),
    b: required(address({ example: '10.0.2.7' })),
    ...FILTER_ARGS,
    top: option(whole(1, 1000)),
  },
  columns: {
    source: column.address('From'),
    destination: column.address('To'),
    way: column.text('Way'),
    port: column.port(),
    protocol: column.protocol(),
    action: column.action(),
    ...MEASURE_COLUMNS,
  },
  order: ['port', 'protocol', 'source', 'destination', 'way desc', 'action'],

  sql: ({ a, b, ...filters }) =>
    atOneVantage(
      {
        ...columnsNamed('source', 'destination', 'protocol', 'action'),
        way: sql`if(sender_asks, 'request', 'reply')`,
        port: SERVICE_PORT,
      },
      allOf(anyOf(allOf(sentBy(a), sentTo(b)), allOf(sentBy(b), sentTo(a))), passing(filters)),
    ),

  headline: (rows, { a, b, action: asked }, more) => {
    const accepted = rows.some(({ action }) => action === 'ACCEPT');
    const rejected = rows.some(({ action }) => action === 'REJECT');
    const replied = rows.some(({ way }) => way === 'reply');
    const verdict = accepted && rejected ? 'both accepted and rejected' : accepted ? 'accepted' : 'rejected';
    // Rows that are not shown, or not asked for, may hold the reply.
    const unseen = more || asked !== undefined ? '' : ', and no reply was seen';
    const far = more ? ', as far as the shown rows tell' : asked === undefined ? '' : ', as far as was asked';
    return `Traffic between ${a.text} and ${b.text} was ${verdict}${replied ? ', with replies' : unseen}${far}.`;
  },
  subject: ({ a, b }) => `traffic between ${a.text} and ${b.text}`,
  followUps: (_, { a, b }) => [
    { label: 'Only rejected', line: `between ${a.text} ${b.text} action=reject` },
    { label: 'The records', line: `records src=${a.text} dst=${b.text}` },
    { label: `All of ${b.text}`, line: `traffic ${b.text}` },
  ],
});
