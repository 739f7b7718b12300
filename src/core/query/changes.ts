import { identifier, nameLiteral } from '../sql/literals.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { isOurs } from './filters.ts';
import { flow, flowColumns, SERVICE_PORT } from './flow-columns.ts';
import { exactSum } from './measures.ts';
import { type Columns, columnsNamed, type GroupGroups, type RecordGroups } from './selection.ts';

/** What became of a conversation in one of two times, and how that changed; each a word of the answer. */
export type Change =
  | 'rejected'
  | 'replies rejected'
  | 'unanswered'
  | 'refused'
  | 'gone'
  | 'answered again'
  | 'new'
  | 'new, rejected'
  | 'new, replies rejected'
  | 'new, unanswered'
  | 'new, refused'
  | 'grown'
  | 'shrunk';

/** So much later than the last answer must a request have come to be called unanswered, in seconds. */
const ANSWER_SECONDS = 120;

/** A conversation grew or shrank when it moved so many times more or less, and the difference is so many bytes. */
const [TIMES, FELT_BYTES] = [4, 1_000_000] as const;

const ASKS = sql`coalesce(${flow.sender_asks}, TRUE)`;
const RESETS = sql`coalesce(bitwise_and(${flow.tcp_flags}, 6) = 4, FALSE)`;
/** Packets behind the close of their connection are rejected too, and ask for none. */
const IS_LATE = sql`coalesce(bitwise_and(${flow.tcp_flags}, 2) = 0 AND ${flow.protocol} = 6, FALSE)`;

/** What one record shows; NULL of packets behind the close of their connection. */
const OUTCOME = sql`CASE
      WHEN ${flow.action} = 'REJECT' AND ${IS_LATE} THEN NULL
      WHEN ${flow.action} = 'REJECT' AND ${ASKS} THEN 'rejected'
      WHEN ${flow.action} = 'REJECT' THEN 'unreturned'
      WHEN ${ASKS} THEN 'asked'
      WHEN ${RESETS} THEN 'refused'
      ELSE 'answered' END`;

type Outcome = 'answered' | 'refused' | 'rejected' | 'unreturned' | 'asked';
const OUTCOMES: readonly Outcome[] = ['answered', 'refused', 'rejected', 'unreturned', 'asked'];

type Period = 'before' | 'after';

const KEYS = columnsNamed('client', 'server', 'port', 'protocol');

/**
 * Conversations whose outcome changed from a time to the next, or that are new, gone, grown or shrunk; those that hurt
 * most have the highest `weight`. Bytes are those of the interface that saw most. It is written level by level, because
 * each names what the one before has worked out.
 */
export function changedConversations(where: Sql): GroupGroups {
  return {
    from: {
      from: {
        from: { from: outcomes(where), groupBy: { ...KEYS, ...columnsNamed('interface_id') }, select: SEEN },
        groupBy: KEYS,
        select: OUTCOMES_OF_BOTH,
      },
      groupBy: KEYS,
      select: { change: CHANGE, since: SINCE, ...carried('was', 'last_seen', 'bytes_before', 'bytes_after') },
    },
    groupBy: { ...KEYS, ...columnsNamed('change') },
    select: { weight: WEIGHT, ...carried('since', 'was', 'last_seen', 'bytes_before', 'bytes_after') },
    having: sql`max(change) IS NOT NULL`,
  };
}

/** Columns of groups that are alone already. */
function carried(...names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, sql`max(${identifier(name)})`]));
}

/** When each interface saw each outcome of a conversation in each of the times, and how much was moved. */
function outcomes(where: Sql): RecordGroups {
  return {
    from: 'flows',
    where,
    groupBy: {
      client: sql`CASE WHEN ${ASKS} THEN ${flow.source} ELSE ${flow.destination} END`,
      server: sql`CASE WHEN ${ASKS} THEN ${flow.destination} ELSE ${flow.source} END`,
      port: SERVICE_PORT,
      ...flowColumns('protocol', 'interface_id'),
      outcome: OUTCOME,
      times: sql`CASE WHEN ${flow.period} = 'before' THEN 'before' ELSE 'after' END`,
    },
    select: {
      first_seen: sql`min(${flow.start_seconds})`,
      last_seen: sql`max(${flow.end_seconds})`,
      bytes: exactSum(flow.bytes),
    },
  };
}

/** The outcomes of one interface in a row. */
const SEEN: Columns = Object.fromEntries([
  ...OUTCOMES.flatMap((outcome) =>
    (['before', 'after'] as const).map((period) => [
      `last_${outcome}_${period}`,
      sql`max(CASE WHEN outcome = ${nameLiteral(outcome)} AND times = ${nameLiteral(period)} THEN last_seen END)`,
    ]),
  ),
  ...OUTCOMES.map((outcome) => [
    `first_${outcome}_after`,
    sql`min(CASE WHEN outcome = ${nameLiteral(outcome)} AND times = 'after' THEN first_seen END)`,
  ]),
  ...(['before', 'after'] as const).map((period) => [
    `bytes_${period}`,
    sql`sum(CASE WHEN times = ${nameLiteral(period)} AND outcome IN ('answered', 'refused', 'asked') THEN bytes END)`,
  ]),
]);

function last(outcome: Outcome, period: Period): Sql {
  return sql`coalesce(max(${identifier(`last_${outcome}_${period}`)}), 0)`;
}

function first(outcome: Outcome): Sql {
  return sql`min(${identifier(`first_${outcome}_after`)})`;
}

function lastIn(period: Period): Sql {
  const some = sql`greatest(${last('answered', period)}, ${last('refused', period)})`;
  const others = sql`greatest(${last('rejected', period)}, ${last('unreturned', period)})`;
  return sql`greatest(greatest(${some}, ${others}), ${last('asked', period)})`;
}

/** The outcome that came last: of a change within a time, what is so in the end. */
function stateIn(period: Period): Sql {
  const of = (outcome: Outcome) => last(outcome, period);
  const [answered, refused, rejected] = [of('answered'), of('refused'), of('rejected')];
  const [unreturned, asked] = [of('unreturned'), of('asked')];
  return sql`CASE
      WHEN ${rejected} > 0 AND ${rejected} >= ${answered} THEN 'rejected'
      WHEN ${unreturned} > 0 AND ${unreturned} >= ${answered} THEN 'replies rejected'
      WHEN ${refused} > 0 AND ${refused} >= ${answered} THEN 'refused'
      WHEN ${answered} > 0 AND ${asked} <= ${answered} + ${ANSWER_SECONDS} THEN 'answered'
      WHEN ${asked} > 0 THEN 'unanswered'
      ELSE 'none' END`;
}

const OUTCOMES_OF_BOTH: Columns = {
  was: stateIn('before'),
  became: stateIn('after'),
  last_seen: sql`greatest(${lastIn('before')}, ${lastIn('after')})`,
  last_before: lastIn('before'),
  last_answer: sql`greatest(${last('answered', 'before')}, ${last('answered', 'after')})`,
  rejected_since: first('rejected'),
  unreturned_since: first('unreturned'),
  refused_since: first('refused'),
  answered_since: first('answered'),
  asked_since: first('asked'),
  bytes_before: sql`coalesce(max(bytes_before), 0)`,
  bytes_after: sql`coalesce(max(bytes_after), 0)`,
};

const [WAS, BECAME] = [sql`max(was)`, sql`max(became)`];
const [BEFORE, AFTER] = [sql`max(bytes_before)`, sql`max(bytes_after)`];

const CHANGE = sql`CASE
      WHEN ${WAS} = 'none' AND ${BECAME} = 'answered' THEN 'new'
      WHEN ${WAS} = 'none' AND ${BECAME} <> 'none' THEN concat('new, ', ${BECAME})
      WHEN ${BECAME} = 'none' AND ${WAS} = 'answered' THEN 'gone'
      WHEN ${BECAME} = 'none' THEN NULL
      WHEN ${BECAME} = 'answered' AND ${WAS} <> 'answered' THEN 'answered again'
      WHEN ${BECAME} <> ${WAS} THEN ${BECAME}
      WHEN ${BECAME} <> 'answered' THEN NULL
      WHEN ${AFTER} > ${BEFORE} * ${TIMES} AND ${AFTER} - ${BEFORE} > ${FELT_BYTES} THEN 'grown'
      WHEN ${BEFORE} > ${AFTER} * ${TIMES} AND ${BEFORE} - ${AFTER} > ${FELT_BYTES} THEN 'shrunk' END`;

/** Since when it is so; NULL of what only moves more or less. */
const SINCE = sql`CASE
      WHEN ${BECAME} = 'rejected' THEN max(rejected_since)
      WHEN ${BECAME} = 'replies rejected' THEN max(unreturned_since)
      WHEN ${BECAME} = 'refused' THEN max(refused_since)
      WHEN ${BECAME} = 'none' THEN max(last_before)
      WHEN ${BECAME} = 'unanswered' AND ${WAS} = 'answered' THEN max(last_answer)
      WHEN ${BECAME} = 'unanswered' THEN max(asked_since)
      WHEN ${WAS} <> 'answered' THEN max(answered_since) END`;

/** How much a change hurts. Clients on the internet come and go: what they try is no change of ours. */
const WEIGHT = sql`CASE
      WHEN max(change) IN ('rejected', 'replies rejected') THEN 9
      WHEN max(change) = 'unanswered' THEN 8
      WHEN max(change) = 'refused' THEN 7
      WHEN max(CASE WHEN ${isOurs(identifier('client'), identifier('server'))} THEN 1 ELSE 0 END) = 0 THEN 1
      WHEN max(change) = 'gone' AND max(CASE WHEN ${isOurs(identifier('server'), identifier('client'))} THEN 1 ELSE 0 END) = 1 THEN 6
      WHEN max(change) LIKE 'new, %' THEN 5
      WHEN max(change) IN ('answered again', 'grown') THEN 4
      WHEN max(change) = 'new' THEN 3
      ELSE 2 END`;
