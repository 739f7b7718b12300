import { isInternal } from '../core/flow-log/addresses.ts';
import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { oneOf, whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  ABSENT,
  addressColumn,
  countColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { passing, touches } from '../core/query/filters.ts';
import { anAddress, capitalised, type Phrase, phrase } from '../core/query/finding.ts';
import { flow, SERVICE_PORT } from '../core/query/flow-columns.ts';
import { MEASURE_COLUMNS } from '../core/query/measures.ts';
import { defineQuery } from '../core/query/query.ts';
import { whatMatters } from '../core/query/states/finding-of-rows.ts';
import { OUTSIDE_SOURCES, rejectionsOf } from '../core/query/states/rejections.ts';
import {
  FIELDS_OF_STATES,
  JUDGED_COLUMNS,
  REASON_COLUMN,
  STATE_COLUMNS,
} from '../core/query/states/state-columns.ts';
import { withStates } from '../core/query/states/states.ts';
import { isFailing, withWeights } from '../core/query/states/suspicions.ts';
import { allOf, anyOf, sql } from '../core/sql/sql.ts';
import { type Integer, plural, showInteger } from '../core/wording.ts';

const { action: _action, ...FILTERS_BUT_ACTION } = FILTER_ARGS;

export const rejected = defineQuery({
  name: 'rejected',
  summary: 'What was rejected: from whom to whom, on how many ports, most often first',
  about:
    'A rejected record means that a security group or a network ACL refused the packet, or that it came after its ' +
    'connection was closed: which one, a single record cannot show.',
  args: {
    addr: optional(address()),
    ...FILTERS_BUT_ACTION,
    outside: option(oneOf('each', 'grouped')),
    top: option(whole(1, 1000)),
  },
  columns: {
    source: addressColumn('From'),
    sources: countColumn('Sources'),
    destination: addressColumn('To'),
    destinations: countColumn('Destinations'),
    ...STATE_COLUMNS,
    protocol: protocolColumn(),
    port: portColumn('Most tried'),
    ports: countColumn('Ports'),
    ...MEASURE_COLUMNS,
    kind: textColumn('Kind'),
    ...REASON_COLUMN,
    ...JUDGED_COLUMNS,
    many: countColumn('Clients'),
    all_sources: countColumn('All sources'),
  },
  mayLack: FIELDS_OF_STATES,
  shown: [
    'source',
    'sources',
    'destination',
    'destinations',
    'state',
    'since',
    'protocol',
    'port',
    'ports',
    'bytes',
    'packets',
    'records',
    'first_seen',
    'last_seen',
    'interface_id',
    'kind',
    'reason',
  ],
  foremost: ['source', 'destination', 'state', 'since', 'port', 'ports', 'sources', 'last_seen'],
  // Pairs of our own first, then the noise of the internet.
  order: [
    'weight desc',
    'kind desc',
    'records desc',
    'packets desc',
    'source',
    'destination',
    'protocol',
    'port',
  ],

  sql: ({ addr, outside, ...filters }, context) => {
    const isAsked = allOf(addr !== undefined && touches(addr), passing(filters));
    const isShown = sql`action = 'REJECT'`;
    const states = withStates({
      keys: {
        port: SERVICE_PORT,
        role: sql`CASE WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`,
      },
      // Accepted replies show what was answered before; accepted requests would show nothing more.
      where: allOf(
        isAsked,
        anyOf(sql`${flow.action} = 'REJECT'`, sql`NOT coalesce(${flow.sender_asks}, FALSE)`),
      ),
      window: context.window,
      isPart: true,
      clientsWith: isShown,
    });
    const isEach = outside === 'each' || (addr !== undefined && !isInternal(addr.text.split('/')[0] ?? ''));
    return rejectionsOf(withWeights(states, isShown), { isEach });
  },

  totals: { noise: { where: sql`kind = 'noise'` } },
  asksFor: () => 'rejected',
  finding: (rows, { addr }, context) => {
    const { least } = context;
    const matters = whatMatters(
      rows.filter(({ state }) => state !== 'answered'),
      context,
      () => '',
    );
    const [noise] = rows.filter(({ kind }) => kind === 'noise');
    if (matters !== undefined)
      return { ...matters, sentence: phrase`${matters.sentence}${noiseBehind(noise, least)}` };
    const [first] = rows;
    const sources = first?.all_sources ?? 0;
    const were = Number(sources) === 1 ? 'address was' : 'addresses were';
    const where = addr === undefined ? '' : phrase` in traffic of ${anAddress(addr.text)}`;
    const often = `${least}${plural(first?.records ?? 0, 'record')}`;
    return capitalised(
      phrase`${least}${showInteger(sources)} ${were} rejected${where}; most often ${whoAndWhom(first)}${onWhat(first)} (${often}).`,
    );
  },
  saidInSentence: ['outside'],
  subject: ({ addr }) =>
    phrase`rejected traffic${addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`}`,
  followUps: (rows, { addr, outside }) => {
    const [first] = rows;
    const [pair] = rows.filter(
      ({ source, destination }) => source !== OUTSIDE_SOURCES && destination !== ABSENT,
    );
    const of = addr === undefined ? '' : ` ${addr.text}`;
    const isGrouped = outside !== 'each' && rows.some(({ sources }) => Number(sources) > 1);
    return [
      ...(first !== undefined && isFailing(first.weight)
        ? [
            {
              label: 'Why',
              line: `why ${first.client} ${first.server}${first.port === null ? '' : ` port=${first.port}`}`,
            },
          ]
        : []),
      ...(isGrouped ? [{ label: 'Each outside address', line: `rejected${of} outside=each` }] : []),
      ...(pair === undefined
        ? []
        : [
            { label: 'Between these two', line: `between ${pair.source} ${pair.destination}` },
            { label: `All from ${pair.source}`, line: `from ${pair.source}` },
            { label: 'Over time', line: `timeline ${pair.destination}` },
          ]),
    ];
  },
});

interface Rejection {
  readonly source: string;
  readonly sources: Integer;
  readonly destination: string;
  readonly destinations: Integer;
  readonly port: number | null;
  readonly ports: Integer;
}

/** ` 48 outside addresses were rejected too, on 13 ports.`: the noise behind what matters. */
function noiseBehind(row: Rejection | undefined, least: string): string {
  if (row === undefined) return '';
  const were = Number(row.sources) === 1 ? 'was' : 'were';
  const said = `${least}${plural(row.sources, 'outside address', 'outside addresses')} ${were} rejected too${onWhat(row)}.`;
  return ` ${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

function whoAndWhom(row: Rejection | undefined): Phrase {
  const of = (address: string, count: Integer, what: string) =>
    Number(count) > 1 ? `${showInteger(count)} ${what}` : phrase`${anAddress(address)}`;
  const from = of(row?.source ?? ABSENT, row?.sources ?? 0, 'outside addresses');
  const to = of(row?.destination ?? ABSENT, row?.destinations ?? 0, 'addresses');
  return phrase`from ${from} to ${to}`;
}

/** The port that was tried, or how many; nothing where the protocol has none. */
function onWhat(row: { readonly port: number | null; readonly ports: Integer } | undefined): string {
  if (row === undefined || row.port === null) return '';
  return Number(row.ports) > 1 ? ` on ${showInteger(row.ports)} ports` : ` on port ${row.port}`;
}
