import { getUnixTime } from 'date-fns';
import { identifier, nameLiteral } from '../../sql/literals.ts';
import { inOrder, list, type Sql, sql } from '../../sql/sql.ts';
import type { Window } from '../../time/window.ts';
import type { State } from '../finding.ts';
import { flow, flowColumns } from '../flow-columns.ts';
import { atBestInterface, atEachInterface } from '../measures.ts';
import type { Columns, GatheredGroups } from '../selection.ts';
import { INSTANTS, OUTCOME_AMOUNTS, OUTCOME_TIMES, OUTCOMES_OF_CONVERSATION } from './outcomes.ts';

/**
 * Who asks and who is asked, of a group of records: `client` and `server`. Where nothing shows it, the address that comes
 * first as text is called the client, so that both directions agree.
 */
const CONVERSATION_ENDS: Columns = {
  client: sql`CASE WHEN asks THEN source WHEN NOT asks THEN destination WHEN source < destination THEN source ELSE destination END`,
  server: sql`CASE WHEN asks THEN destination WHEN NOT asks THEN source WHEN source < destination THEN destination ELSE source END`,
};

const CONVERSATION = ['client', 'server', 'port', 'protocol'] as const;

/** Interfaces write the same packet down within a minute of each other. */
const SLACK_SECONDS = 60;

/** So much later than the last answer must a request have come to be called unanswered. */
const ANSWER_SECONDS = 120;

/** What was so within this time of the begin of the window was so before, for all that is known. */
const FIRST_SECONDS = 120;

/** When something was rejected, whichever way it went. */
const STOPPED: Columns = {
  stopped_from: sql`CASE WHEN rejected_to >= unreturned_to THEN rejected_from ELSE unreturned_from END`,
  stopped_to: sql`greatest(rejected_to, unreturned_to)`,
};

interface Decision {
  readonly state: State;
  readonly when: Sql;
  /** Since when it is so; what was so from the first minutes of the window on has no such time. */
  readonly since: Sql;
}

/** Both go on at the same time, to the end. */
const BOTH = sql`stopped_to > 0 AND answered_to > 0 AND abs(answered_to - stopped_to) <= ${ANSWER_SECONDS}
        AND stopped_from < answered_to - ${SLACK_SECONDS} AND answered_from < stopped_to - ${SLACK_SECONDS}`;

/** A request of TCP is answered in some way or other, within seconds. */
const IS_SILENT = sql`protocol = 6 AND asked_to > 0 AND (answered_to = 0 OR asked_to > answered_to + ${ANSWER_SECONDS})`;

/**
 * What became of a conversation in the end, the first row that holds: what came last counts, and a rejection is what stops
 * it. It is called refused only where connections were asked for until then, because a reset ends connections too. Silence
 * is a fact at an interface that recorded the request: it would have recorded a reply. Whatever `isPart`, where only one
 * direction was asked for, silence says nothing.
 */
function decisions(isPart: boolean): readonly Decision[] {
  return [
    { state: 'mixed', when: BOTH, since: sql`0` },
    {
      state: 'rejected',
      when: sql`rejected_to > 0 AND rejected_to >= answered_to AND rejected_to >= unreturned_to`,
      since: sql`greatest(rejected_from, answered_to)`,
    },
    {
      state: 'reply rejected',
      when: sql`unreturned_to > 0 AND unreturned_to >= answered_to`,
      since: sql`greatest(unreturned_from, answered_to)`,
    },
    {
      state: 'refused',
      when: sql`refused_to > 0 AND refused_to >= answered_to AND opened_to >= refused_to - ${SLACK_SECONDS}`,
      since: sql`greatest(refused_from, answered_to)`,
    },
    // Replies that are rejected like late packets may be what answers, and a reset is no silence.
    {
      state: 'unknown',
      when: sql`${IS_SILENT} AND (late_to > answered_to OR (refused_to > answered_to AND refused_to >= asked_to - ${ANSWER_SECONDS}))`,
      since: sql`0`,
    },
    {
      state: isPart ? 'unknown' : 'unanswered',
      when: IS_SILENT,
      since: sql`greatest(asked_from, answered_to)`,
    },
    { state: 'answered', when: sql`answered_to > 0`, since: sql`greatest(answered_from, stopped_to)` },
  ];
}

/**
 * The groups of all clients that have one of some kind. What is worked out after this is of one client, so that nothing else
 * changes it; and what is left is little where few have one.
 */
function ofClientsWith(kind: Sql, from: GatheredGroups['from']): GatheredGroups {
  return {
    from,
    per: ['client'],
    gather: { of_kind: sql`max(CASE WHEN ${kind} THEN 1 ELSE 0 END)` },
    derive: {},
    keep: sql`of_kind = 1`,
    drop: ['of_kind'],
  };
}

function stateLiteral(state: State): Sql {
  return { text: `'${state}'`, bound: [] };
}

/** The states of what does not work. */
export const FAILING: readonly State[] = ['rejected', 'reply rejected', 'refused', 'unanswered'];

/** Whether the column `state` has one of some states. */
export function isState(...states: readonly State[]): Sql {
  return sql`state IN (${{ text: states.map((state) => stateLiteral(state).text).join(', '), bound: [] }})`;
}

/** What a query adds to the states of conversations: what else its groups agree in, and which records it asks for. */
interface StatesOptions {
  readonly keys: Columns;
  readonly where: Sql;
  readonly window: Window;
  readonly isPart: boolean;
  /** Aggregates over the records of a group at one interface. */
  readonly amounts?: Columns;
  /** Of which groups a client must have one, where all others are left out before any conversation is worked out. */
  readonly clientsWith?: Sql;
}

/**
 * Groups of conversations by `source`, `destination`, `protocol`, `action` and other keys, which must be such that a group
 * is of one conversation; the keys have its `port`. Each has the measures of one vantage, `client`, `server`, `state`, `since` (epoch seconds, NULL where it was so
 * from the first minutes on), `last_answer` (NULL where there is none), `side` (`leaving` or `arriving`, of what was rejected
 * last; `-`), `back` (bytes of the replies) and `nth`, 1 for one group of each conversation.
 */
export function withStates({
  keys,
  where,
  window,
  isPart,
  amounts = {},
  clientsWith,
}: StatesOptions): GatheredGroups {
  const groups = {
    ...flowColumns('source', 'destination', 'protocol', 'action'),
    ...keys,
    asks: flow.sender_asks,
  };
  const rows = decisions(isPart);
  const inWords = (of: (decision: Decision) => Sql, otherwise: Sql) =>
    sql`CASE verdict ${inOrder(rows.map((row, index) => sql`WHEN ${index} THEN ${of(row)}`))} ELSE ${otherwise} END`;
  const firstSeconds = getUnixTime(window.from) + FIRST_SECONDS;
  // Level by level, because each names what the one before has worked out.
  const seen = atEachInterface(groups, where, { ...OUTCOME_TIMES, ...OUTCOME_AMOUNTS, ...amounts });
  const ended: GatheredGroups = { from: seen, per: [], gather: {}, derive: CONVERSATION_ENDS };
  const gathered: GatheredGroups = {
    from: clientsWith === undefined ? ended : ofClientsWith(clientsWith, ended),
    per: CONVERSATION,
    gather: OUTCOMES_OF_CONVERSATION,
    derive: INSTANTS,
  };
  const stopped: GatheredGroups = { from: gathered, per: [], gather: {}, derive: STOPPED };
  const verdicts: GatheredGroups = {
    from: stopped,
    per: [],
    gather: {},
    derive: {
      verdict: sql`CASE ${inOrder(rows.map(({ when }, index) => sql`WHEN ${when} THEN ${index}`))} END`,
    },
  };
  const judged: GatheredGroups = {
    from: verdicts,
    per: [],
    gather: {},
    derive: {
      state: inWords(({ state }) => stateLiteral(state), nameLiteral('unknown')),
      since_any: inWords(({ since }) => since, sql`0`),
      side: sql`CASE WHEN stopped_to = 0 THEN '-' WHEN leaving_to >= stopped_to - ${SLACK_SECONDS} THEN 'leaving'
        WHEN arriving_to > 0 THEN 'arriving' ELSE '-' END`,
      last_answer: sql`CASE WHEN answered_to > 0 THEN answered_to END`,
    },
    drop: [
      ...[OUTCOME_TIMES, OUTCOMES_OF_CONVERSATION, INSTANTS, STOPPED].flatMap((each) => Object.keys(each)),
      'verdict',
    ],
  };
  return {
    from: atBestInterface(judged, groups, { reason: sql`max(reason)` }),
    per: CONVERSATION,
    gather: { back: sql`sum(CASE WHEN source <> client THEN bytes ELSE 0 END)` },
    placeAs: { name: 'nth', orderBy: list(Object.keys(groups).map(identifier)) },
    derive: { since: sql`CASE WHEN since_any > ${firstSeconds} THEN since_any END` },
  };
}
