import { fromUnixTime } from 'date-fns';
import { option, required } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import {
  actionColumn,
  addressColumn,
  countColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { passing, sentBy, sentTo } from '../core/query/filters.ts';
import { anAddress, type Phrase, phrase, type State } from '../core/query/finding.ts';
import { flow, SERVICE_PORT } from '../core/query/flow-columns.ts';
import { MEASURE_COLUMNS } from '../core/query/measures.ts';
import { isAction } from '../core/query/peers.ts';
import { defineQuery } from '../core/query/query.ts';
import { whatMatters } from '../core/query/states/finding-of-rows.ts';
import {
  FIELDS_OF_STATES,
  JUDGED_COLUMNS,
  REASON_COLUMN,
  STATE_COLUMNS,
} from '../core/query/states/state-columns.ts';
import { withStates } from '../core/query/states/states.ts';
import { withWeights } from '../core/query/states/suspicions.ts';
import { addressLiteral } from '../core/sql/literals.ts';
import { allOf, anyOf, sql } from '../core/sql/sql.ts';

const [ASKS, ANSWERS, UNKNOWN] = [sql`way = 'request'`, sql`way = 'reply'`, sql`way = 'unknown'`];
const [ACCEPTED, REJECTED] = [sql`action = 'ACCEPT'`, sql`action = 'REJECT'`];

/** A record with a reset and without a SYN: a connection that was opened before its reset has both. */
const IS_RESET = sql`bitwise_and(${flow.tcp_flags}, 6) = 4`;

export const between = defineQuery({
  name: 'between',
  summary: 'Both directions between two addresses: requests and replies, accepted or rejected',
  about:
    'Each direction is a row of its own, counted at the one interface that saw most of it. Requests without replies, ' +
    'or accepted at one side and rejected at the other, are what to look for; replies that are all resets refuse. Which ' +
    'is which comes from TCP flags, else from the ports, and is unknown where neither shows it, as of a ping.',
  args: {
    a: required(address()),
    b: required(address({ example: '10.0.2.7' })),
    ...FILTER_ARGS,
    top: option(whole(1, 1000)),
  },
  columns: {
    source: addressColumn('From'),
    destination: addressColumn('To'),
    way: textColumn('Way'),
    port: portColumn(),
    protocol: protocolColumn(),
    action: actionColumn(),
    ...STATE_COLUMNS,
    ...MEASURE_COLUMNS,
    resets: countColumn('Resets'),
    ...REASON_COLUMN,
    ...JUDGED_COLUMNS,
  },
  mayLack: FIELDS_OF_STATES,
  shown: [
    'source',
    'destination',
    'way',
    'port',
    'protocol',
    'action',
    'state',
    'since',
    'bytes',
    'packets',
    'records',
    'first_seen',
    'last_seen',
    'interface_id',
    'resets',
    'reason',
  ],
  foremost: ['source', 'port', 'way', 'action', 'state', 'first_seen', 'last_seen', 'records'],
  order: ['port', 'protocol', 'source', 'destination', 'way desc', 'action'],

  sql: ({ a, b, action, ...filters }, { window }) =>
    withWeights(
      withStates({
        keys: {
          way: sql`CASE WHEN ${flow.sender_asks} THEN 'request' WHEN NOT ${flow.sender_asks} THEN 'reply' ELSE 'unknown' END`,
          role: sql`CASE WHEN ${flow.sender_asks} THEN 'client' WHEN NOT ${flow.sender_asks} THEN 'server' ELSE 'unknown' END`,
          port: SERVICE_PORT,
          from_a: sql`coalesce(${sentBy(a, addressLiteral(a))}, FALSE)`,
        },
        where: allOf(anyOf(allOf(sentBy(a), sentTo(b)), allOf(sentBy(b), sentTo(a))), passing(filters)),
        window,
        isPart: filters.direction !== undefined,
        amounts: { resets: sql`count(*) FILTER (WHERE ${IS_RESET})` },
      }),
      isAction(action),
    ),

  totals: {
    accepted: { where: allOf(ASKS, ACCEPTED) },
    rejected: { where: allOf(sql`way <> 'reply'`, REJECTED) },
    replies: { where: allOf(ANSWERS, ACCEPTED, sql`resets < records`) },
    refusals: { where: allOf(ANSWERS, ACCEPTED, sql`resets = records`) },
    rejectedReplies: { where: allOf(ANSWERS, REJECTED) },
    thither: { where: allOf(UNKNOWN, ACCEPTED, sql`from_a`) },
    hither: { where: allOf(UNKNOWN, ACCEPTED, sql`NOT from_a`) },
    answeredFrom: { first: 'first_seen', where: allOf(ANSWERS, ACCEPTED, sql`resets < records`) },
    answeredTo: { last: 'last_seen', where: allOf(ANSWERS, ACCEPTED, sql`resets < records`) },
    rejectedFrom: { first: 'first_seen', where: REJECTED },
    rejectedTo: { last: 'last_seen', where: REJECTED },
  },
  finding: (rows, { a, b, ...filters }, context) => {
    const { totals, least } = context;
    const accepted = totals.accepted + totals.thither + totals.hither;
    const verdict = requestsWords(accepted > 0, totals.rejected > 0);
    // Replies are rejected, or flow the other way, where only one action or direction was asked for.
    const isPart = filters.action !== undefined || filters.direction !== undefined;
    const far = isPart ? ', as far as was asked' : '';
    const [one, other] = [anAddress(a.text), anAddress(b.text)];
    const matters = isPart ? undefined : whatMatters(rows, context, () => '');
    if (matters !== undefined) return matters;
    const turn = isPart ? undefined : turnOf(totals);
    if (turn !== undefined)
      return { ...turn, sentence: phrase`Traffic between ${one} and ${other} ${turn.sentence}.` };
    return phrase`Traffic between ${one} and ${other} ${verdict}${answered(totals, { isPart, least })}${far}.`;
  },
  subject: ({ a, b }) => phrase`traffic between ${anAddress(a.text)} and ${anAddress(b.text)}`,
  followUps: (_, { a, b }) => [
    { label: 'Only rejected', line: `between ${a.text} ${b.text} action=reject` },
    { label: 'The records', line: `records src=${a.text} dst=${b.text}` },
    { label: `All of ${b.text}`, line: `traffic ${b.text}` },
  ],
});

/** Interfaces write the same packet down within a minute of each other. */
const SLACK_SECONDS = 60;

interface Times {
  readonly from: number;
  readonly to: number;
}

type TurnTotals = Readonly<
  Record<'answeredFrom' | 'answeredTo' | 'rejectedFrom' | 'rejectedTo' | 'rejected', number>
>;

/**
 * Where answers stopped before rejections began, or the other way round, that is what happened; undefined where both go on
 * at the same time, or where there is only one of them.
 */
function turnOf(
  totals: TurnTotals,
): { readonly sentence: Phrase; readonly state: State; readonly since: Date } | undefined {
  const answered = { from: totals.answeredFrom, to: totals.answeredTo };
  const rejected = { from: totals.rejectedFrom, to: totals.rejectedTo };
  if (answered.to === 0 || rejected.to === 0) return undefined;
  const isOfReplies = totals.rejected === 0;
  if (follows(rejected, answered)) {
    const [until, since] = [fromUnixTime(answered.to), fromUnixTime(rejected.from)];
    const what = isOfReplies ? 'its replies have' : 'has';
    const sentence = phrase`was answered until ${{ at: until }}, and ${what} been rejected since ${{ at: since }}`;
    return { sentence, state: isOfReplies ? 'reply rejected' : 'rejected', since };
  }
  if (!follows(answered, rejected)) return undefined;
  const [until, since] = [fromUnixTime(rejected.to), fromUnixTime(answered.from)];
  const sentence = phrase`was rejected until ${{ at: until }}, and has been answered since ${{ at: since }}`;
  return { sentence, state: 'answered', since };
}

/** Whether one began about when the other ended, and each was alone for longer than records blur. */
function follows(later: Times, earlier: Times): boolean {
  return (
    later.from >= earlier.to - SLACK_SECONDS &&
    later.to >= earlier.to + SLACK_SECONDS &&
    earlier.from <= later.from - SLACK_SECONDS
  );
}

function requestsWords(accepted: boolean, rejected: boolean): string {
  if (accepted && rejected) return 'was both accepted and rejected';
  if (accepted) return 'was accepted';
  return rejected ? 'was rejected' : 'has no request in the window';
}

/** Whether there were answers. Only replies that arrived are ones: a rejected reply is the opposite, and a reset refuses. */
function answered(
  totals: Readonly<Record<'replies' | 'refusals' | 'rejectedReplies' | 'thither' | 'hither', number>>,
  { isPart, least }: { readonly isPart: boolean; readonly least: string },
): string {
  const { replies, refusals, rejectedReplies, thither, hither } = totals;
  if (replies > 0 && rejectedReplies > 0) return ', with replies, some of which were rejected';
  if (replies > 0 && refusals > 0) return ', with replies, some of which refuse: they are resets';
  if (replies > 0) return ', with replies';
  if (rejectedReplies > 0) return ', and its replies were rejected';
  if (refusals > 0) return ', and refused: every reply is a reset';
  if (thither > 0 && hither > 0) return ', both ways';
  if (isPart) return '';
  const seen = least === '' ? 'was seen' : 'was seen in what was read';
  return thither + hither > 0 ? `, and only one way ${seen}` : `, and no reply ${seen}`;
}
