import { required } from '../core/line/argument.ts';
import { endpoint } from '../core/line/network-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  FIELDS_OF_A_CONVERSATION,
  SIGHTING_COLUMNS,
  sightingsBetween,
} from '../core/query/conversation/sightings.ts';
import { whatHappened } from '../core/query/conversation/what-happened.ts';
import { passing } from '../core/query/filters.ts';
import { anAddress, phrase } from '../core/query/finding.ts';
import { defineQuery } from '../core/query/query.ts';

const { port, proto } = FILTER_ARGS;

export const why = defineQuery({
  name: 'why',
  summary: 'Why an address does not reach another: what became of its packets, where, and since when',
  about:
    'It says who answered, refused or rejected whom, at whose interface and since when, from what every interface ' +
    'recorded of both directions. The rows are what shows it, the latest first. Where one side is not recorded it ' +
    'says so instead of guessing. Packets that come late, after their connection was closed, do not count.',
  args: {
    a: required(endpoint({ example: '10.0.1.5', hint: 'address' })),
    b: required(endpoint({ example: '10.0.21.31:5432' })),
    port,
    proto,
  },
  mayLack: FIELDS_OF_A_CONVERSATION,
  columns: SIGHTING_COLUMNS,
  shown: ['state', 'way', 'action', 'flags', 'interface_id', 'records', 'packets', 'first_seen', 'last_seen'],
  order: [
    'first_seen',
    'last_seen',
    'part',
    'interface_id',
    'sender',
    'port',
    'protocol',
    'action',
    'role',
    'flags',
    'direction',
    'reason',
    'at_end',
  ],
  limit: 25,
  judgedRows: 5_000,

  sql: ({ a, b, port: asked, proto: protocol }, { window }) => {
    const said = b.port ?? a.port;
    const range = asked ?? (said === undefined ? undefined : { from: said, to: said });
    return sightingsBetween(a, b, passing({ port: range, proto: protocol }), window);
  },
  isBackground: ({ sender }) => sender === '-',
  judge: (rows, { a, b }, context) => whatHappened(rows, a, b, context),
  subject: ({ a, b }) =>
    phrase`traffic between ${anAddress(a.text)} and ${anAddress(b.text)}${b.port === undefined ? '' : ` on ${b.port}`}`,
  followUps: (_, { a, b }) => [
    { label: 'Both directions', line: `between ${a.text} ${b.text}` },
    {
      label: `Who else reaches ${b.text}`,
      line: `to ${b.text}${b.port === undefined ? '' : ` port=${b.port}`}`,
    },
    { label: 'The records', line: `records src=${a.text} dst=${b.text}` },
  ],
});
