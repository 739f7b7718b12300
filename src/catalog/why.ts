import { required } from '../core/line/argument.ts';
import { singleAddress } from '../core/line/network-arguments.ts';
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
  summary: 'Why one address does not reach another: what happened, where, and since when',
  about:
    'From what every interface recorded of both directions: answered, refused, unanswered or rejected, at whose ' +
    'interface and since when. The rows show it, the latest first. Where one side is not recorded the answer says so. ' +
    'Packets that come late, after their connection was closed, do not count.',
  args: {
    a: required(singleAddress()),
    b: required(singleAddress({ example: '10.0.21.31' })),
    port,
    proto,
  },
  mayLack: FIELDS_OF_A_CONVERSATION,
  columns: SIGHTING_COLUMNS,
  shown: ['state', 'way', 'action', 'flags', 'interface_id', 'records', 'packets', 'first_seen', 'last_seen'],
  foremost: ['state', 'way', 'action', 'interface_id', 'first_seen', 'last_seen'],
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

  sql: ({ a, b, ...filters }, { window }) => sightingsBetween(a, b, passing(filters), window),
  isBackground: ({ sender }) => sender === '-',
  judge: (rows, { a, b }, context) => whatHappened(rows, a, b, context),
  asksRules: true,
  saidInSentence: ['port', 'proto'],
  subject: ({ a, b }) => phrase`traffic between ${anAddress(a.text)} and ${anAddress(b.text)}`,
  followUps: (_, { a, b }) => [
    { label: 'Both directions', line: `between ${a.text} ${b.text}` },
    { label: `Who else reaches ${b.text}`, line: `to ${b.text}` },
    { label: `Who is ${b.text}`, line: `who ${b.text}` },
    { label: 'The records', line: `records src=${a.text} dst=${b.text}` },
  ],
});
