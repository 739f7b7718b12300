import { type Kind, option, optional, required } from '../../../src/core/line/argument.ts';
import type { LineContext } from '../../../src/core/line/entry.ts';
import {
  action,
  address,
  direction,
  interfaceId,
  port,
  protocol,
} from '../../../src/core/line/network-arguments.ts';
import { whole } from '../../../src/core/line/plain-arguments.ts';
import { type CannedQuery, defineQuery } from '../../../src/core/query/query.ts';
import type { Selection } from '../../../src/core/query/selection.ts';
import { sql } from '../../../src/core/sql/sql.ts';

const NOTHING: Selection = { from: 'flows', where: sql`FALSE`, groupBy: {}, select: {} };

const rest = {
  about: '',
  columns: {},
  order: [],
  sql: () => NOTHING,
  finding: () => [''],
  subject: () => [''],
};

/** Any text at all: the kind that tries the quoting hardest. */
const text: Kind<string> = {
  hint: 'text',
  about: 'any text',
  example: 'words',
  read: (word) => ({ value: word }),
  write: (value) => value,
};

const to = defineQuery({
  ...rest,
  name: 'to',
  summary: 'Who talked to an address',
  args: {
    addr: required(address()),
    port: option(port()),
    proto: option(protocol()),
    action: option(action()),
  },
});

const from = defineQuery({
  ...rest,
  name: 'from',
  summary: 'Whom an address talked to',
  args: { addr: required(address()), port: option(port()) },
});

const between = defineQuery({
  ...rest,
  name: 'between',
  summary: 'Traffic of two addresses with each other',
  args: { a: required(address()), b: required(address({ example: '10.0.2.7' })), port: option(port()) },
});

const records = defineQuery({
  ...rest,
  name: 'records',
  summary: 'The records themselves, unaggregated',
  args: {
    addr: optional(address()),
    port: optional(port()),
    eni: option(interfaceId()),
    direction: option(direction()),
    top: option(whole(1, 1000), 100),
  },
});

const topTalkers = defineQuery({
  ...rest,
  name: 'top-talkers',
  summary: 'Which pairs moved the most bytes',
  args: { top: option(whole(1, 100), 10) },
});

const rejected = defineQuery({
  ...rest,
  name: 'rejected',
  summary: 'What security groups and network ACLs refused',
  args: { addr: optional(address()), port: option(port()) },
});

const tagged = defineQuery({
  ...rest,
  name: 'tagged',
  summary: 'Flows by the words of a tag',
  args: { first: required(text), second: optional(text), third: optional(text), note: option(text, 'none') },
});

/** A small catalog with every kind of argument. */
export const CATALOG: readonly CannedQuery[] = [to, from, between, records, topTalkers, rejected, tagged];

/** A Monday afternoon in Berlin: 15:05 there, 14:05 in UTC. */
export const A_CONTEXT: LineContext = {
  catalog: CATALOG,
  now: new Date('2026-11-23T14:05:00Z'),
  zone: 'Europe/Berlin',
  longestWindowSeconds: 7 * 86_400,
  command: '/flowlog',
};
