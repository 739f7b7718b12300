import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import { type Change, changedConversations } from '../core/query/changes.ts';
import {
  addressColumn,
  bytesColumn,
  countColumn,
  momentColumn,
  portColumn,
  protocolColumn,
  textColumn,
} from '../core/query/columns.ts';
import { onService } from '../core/query/conversation/words.ts';
import { passing, touches } from '../core/query/filters.ts';
import { anAddress, capitalised, type Phrase, phrase, type State } from '../core/query/finding.ts';
import { defineQuery, type JudgeContext } from '../core/query/query.ts';
import { allOf, sql } from '../core/sql/sql.ts';
import { showInteger } from '../core/wording.ts';

const { port, proto } = FILTER_ARGS;

export const changes = defineQuery({
  name: 'changes',
  summary: 'What changed: conversations that are rejected, unanswered, new or gone since a time',
  about:
    'The window is compared with as long before it: `changes since 14:05`, `changes around 14:05`. What hurts most comes ' +
    'first; clients on the internet, which come and go, come last. Where a slot of either time was not read, new and ' +
    'gone are not said to be certain. Grown is four times the bytes and a megabyte more.',
  aroundMeansAfter: true,
  args: { addr: optional(address()), port, proto, top: option(whole(1, 1000)) },
  columns: {
    change: textColumn('Change'),
    client: addressColumn('Client'),
    server: addressColumn('Server'),
    port: portColumn(),
    protocol: protocolColumn(),
    since: momentColumn('Since'),
    was: textColumn('Before'),
    bytes_before: bytesColumn('Bytes before'),
    bytes_after: bytesColumn('Bytes after'),
    last_seen: momentColumn('Last seen'),
    weight: countColumn('Weight'),
  },
  shown: ['change', 'client', 'server', 'port', 'protocol', 'since', 'was', 'bytes_before', 'bytes_after'],
  foremost: ['change', 'client', 'server', 'port', 'since', 'bytes_after'],
  order: ['weight desc', 'bytes_before desc', 'bytes_after desc', 'server', 'port', 'client', 'protocol'],
  windows: ({ from, to }) => ({
    before: { from: new Date(from.getTime() - (to.getTime() - from.getTime())), to: from },
  }),

  sql: ({ addr, ...filters }) =>
    changedConversations(allOf(addr !== undefined && touches(addr), passing(filters))),

  totals: {
    rejected: { where: sql`change IN ('rejected', 'replies rejected')` },
    unanswered: { where: sql`change = 'unanswered'` },
    refused: { where: sql`change = 'refused'` },
    gone: { where: sql`change = 'gone' AND weight > 1` },
    fresh: { where: sql`change LIKE 'new%' AND weight > 1` },
    outside: { where: sql`weight = 1` },
  },
  finding: ([first], _, context) => {
    if (first === undefined) return { sentence: [] };
    const change = first.change as Change;
    const others = countsInWords(change, context);
    const tail = others === '' ? '' : ` Also ${others}.`;
    const state = STATES[change];
    return {
      sentence: phrase`${capitalised(changeInWords(change, first))}.${tail}${doubtInWords(context)}`,
      ...(state !== undefined && { state }),
      ...(first.since !== null && { since: first.since }),
      certainty: isBeforeWhole(context) ? 'proven' : 'likely',
    };
  },
  subject: ({ addr }) =>
    phrase`changed traffic${addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`}`,
  followUps: ([first]) =>
    first === undefined
      ? []
      : [
          {
            label: 'Why',
            line: `why ${first.client} ${first.server}${first.port === null ? '' : ` port=${first.port}`}`,
          },
          { label: `All of ${first.server}`, line: `changes ${first.server}` },
          { label: `Who is ${first.server}`, line: `who ${first.server}` },
          { label: 'What was rejected', line: 'rejected' },
        ],
});

type Context = JudgeContext<'rejected' | 'unanswered' | 'refused' | 'gone' | 'fresh' | 'outside'>;

const STATES: Partial<Readonly<Record<Change, State>>> = {
  rejected: 'rejected',
  unanswered: 'unanswered',
  refused: 'refused',
  'answered again': 'answered',
  'replies rejected': 'reply rejected',
  'new, replies rejected': 'reply rejected',
  'new, rejected': 'rejected',
  'new, unanswered': 'unanswered',
  'new, refused': 'refused',
};

interface Changed {
  readonly client: string;
  readonly server: string;
  readonly port: number | null;
  readonly protocol: number | null;
  readonly since: Date | null;
  readonly was: string;
}

/** The first change, with what was before. */
function changeInWords(change: Change, row: Changed): Phrase {
  const [client, server] = [anAddress(row.client), anAddress(row.server)];
  const on = onService(row);
  const since = row.since === null ? '' : phrase` since ${{ at: row.since }}`;
  const before = row.was === 'answered' ? ' and answered before' : '';
  switch (change) {
    case 'rejected':
    case 'refused':
      return phrase`${server} has ${change} ${client}${on}${since}${before}`;
    case 'replies rejected':
      return phrase`Replies of ${server} to ${client}${on} have been rejected${since}${row.was === 'answered' ? ' and arrived before' : ''}`;
    case 'unanswered':
      return phrase`${server} has not answered ${client}${on}${since}${before}`;
    case 'gone':
      return phrase`${client} and ${server} talked${on} before and no more${since}`;
    case 'answered again':
      return phrase`${server} answers ${client}${on} again${since}; before it was ${row.was}`;
    case 'new':
      return phrase`${client} talks to ${server}${on}${since} and did not before`;
    case 'new, rejected':
    case 'new, replies rejected':
    case 'new, unanswered':
    case 'new, refused':
      return phrase`${client} tries ${server}${on}${since} (${change.slice('new, '.length)}) and did not before`;
    case 'grown':
      return phrase`${client} and ${server} move much more${on} than before`;
    default:
      return phrase`${client} and ${server} move much less${on} than before`;
  }
}

/** How many others changed, by what became of them. */
function countsInWords(first: Change, { totals, least }: Context): string {
  const less = (change: Change) => (first === change ? 1 : 0);
  const newOnes = totals.fresh - (first.startsWith('new') ? 1 : 0);
  const counts = [
    [totals.rejected - less('rejected') - less('replies rejected'), 'newly rejected'],
    [totals.unanswered - less('unanswered'), 'newly unanswered'],
    [totals.refused - less('refused'), 'newly refused'],
    [totals.gone - less('gone'), 'gone'],
    [newOnes, 'new'],
    [totals.outside, 'by clients on the internet'],
  ] as const;
  const said = counts
    .filter(([amount]) => amount > 0)
    .map(([amount, what]) => `${showInteger(amount)} ${what}`);
  return said.length === 0 ? '' : `${least}${said.join(', ')}`;
}

function isBeforeWhole({ otherWindows: { before = [] } }: Context): boolean {
  return before.length > 0 && before.every(({ whole: isWhole }) => isWhole);
}

/** What was not read on one side looks new or gone. */
function doubtInWords(context: Context): string {
  const { coverage } = context;
  if (!isBeforeWhole(context)) return ' Not all of the time before was read: what looks new may be older.';
  return coverage.complete ? '' : ' Not all of the time since was read: what looks gone may go on.';
}
