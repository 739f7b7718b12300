import { groupBy } from '../../group-by.ts';
import { type Integer, plural, showBytes, showInteger } from '../../wording.ts';
import type { ColumnSpec } from '../columns.ts';
import { isAbsenceRead, recordedTraffic, WOULD_TELL } from '../conversation/certainty.ts';
import { isOver } from '../conversation/what-happened.ts';
import { onService } from '../conversation/words.ts';
import { anAddress, type Judgement, type Phrase, phrase, type State } from '../finding.ts';
import type { JudgeContext } from '../query.ts';
import type { JudgedRow } from './state-columns.ts';
import { isFailing, WEIGHTS } from './suspicions.ts';

type Said = Judgement<ColumnSpec>['finding'];
type Context = Pick<JudgeContext, 'window' | 'coverage' | 'least' | 'more'>;

/**
 * What the rows show that an engineer would want to know first: a conversation that fails, guessing of passwords, an upload, a
 * scan; undefined where there is none. `rest` is said behind a failure: how the others fare.
 */
export function whatMatters(
  rows: readonly JudgedRow[],
  context: Context,
  rest: (failing: JudgedRow) => string,
): Said | undefined {
  const of = (weight: number) => rows.find((row) => Number(row.weight) === weight);
  const [guessing, upload, scan] = [of(WEIGHTS.guessing), of(WEIGHTS.upload), of(WEIGHTS.scanning)];
  const failures = [
    ...groupBy(
      rows.filter(({ weight }) => isFailing(weight)),
      likeness,
    ).values(),
  ];
  const found = [
    ...failures.map((alike, index) => failureWords(alike, context, index === 0 ? rest : () => '')),
    guessing && guessingWords(guessing, context),
    upload && uploadWords(upload, context),
    scan && scanWords(scan, context),
  ].filter((said) => said !== undefined);
  const [first, ...others] = found;
  const mixed = of(WEIGHTS.mixed);
  if (first === undefined) return mixed && failureWords([mixed], context, rest);
  return {
    ...first,
    sentence: [first, ...others.slice(0, MOST_ALSO)].map(({ sentence }) => sentence).reduce(withNext),
  };
}

/** So much is said behind what matters most. */
const MOST_ALSO = 2;

function withNext(before: Phrase, next: Phrase): Phrase {
  return phrase`${before} Also: ${next}`;
}

/** What conversations have in common that fail for one reason. */
function likeness({ server, port, protocol, state, side }: JudgedRow): string {
  return [server, port, protocol, state, side].join(' ');
}

/** So many clients that fare alike are named, the others counted. */
const MOST_NAMED = 3;

/** What fails, for whom, and since when. */
function failureWords(
  alike: readonly JudgedRow[],
  context: Context,
  rest: (failing: JudgedRow) => string,
): Said {
  const [worst] = alike;
  if (worst === undefined) throw new RangeError('a group has at least one row');
  const isPast = alike.every(({ last_seen: last }) => isPastBy(last, context));
  const sinces = alike.map(({ since }) => since);
  const since = sinces.includes(null) ? null : earliest(sinces);
  const answers = alike.flatMap(({ last_answer: last }) => last ?? []);
  // What was so from the begin of the window on has nothing before it, though records of one minute may show both.
  const before =
    answers.length === 0 || since === null || worst.state === 'mixed'
      ? ''
      : phrase`; before that ${whatWas(worst)}, until ${{ at: latest(answers) ?? context.window.from }}`;
  const [what, why] = whatFails(worst, clientsInWords(alike, context), {
    isPast,
    isRead: isAnswerRead(alike, context),
  });
  const when = worst.state === 'mixed' ? [] : isPast ? pastOf(alike) : sinceOf(since, context);
  const limits = limitsOn(worst, context);
  return {
    sentence: phrase`${what}${when}${before}.${why}${limits.words}${rest(worst)}`,
    state: worst.state as State,
    ...(since !== null && { since }),
    certainty: limits.certainty,
    wouldTell: limits.wouldTell,
  };
}

/** What was so before, of what the sentence on a failure is about. */
function whatWas({ state, side }: JudgedRow): string {
  if (state === 'reply rejected') return 'they arrived';
  return state === 'rejected' && side !== 'arriving' ? 'they were answered' : 'it answered';
}

/** Whether answers would have been read from the time on that the rows are unanswered. */
function isAnswerRead(rows: readonly JudgedRow[], { coverage, window }: Context): boolean {
  const from = earliest(rows.map(({ since, first_seen: first }) => since ?? first)) ?? window.from;
  return isAbsenceRead(coverage, from.getTime() / 1000);
}

/** What fails, and what shows it. */
function whatFails(
  row: JudgedRow,
  client: Phrase,
  { isPast, isRead }: { readonly isPast: boolean; readonly isRead: boolean },
): readonly [what: Phrase, why: Phrase] {
  const server = anAddress(row.server);
  const on = onService(row);
  const [has, have] = isPast ? ['', 'were'] : ['has ', 'have been'];
  switch (row.state) {
    case 'rejected':
      if (row.side === 'arriving') return [phrase`${server} ${has}rejected ${client}${on}`, []];
      return [
        phrase`Requests of ${client} to ${server}${on} ${have} rejected`,
        row.side === 'leaving' ? [' They are rejected leaving the client.'] : [],
      ];
    case 'reply rejected':
      return [
        phrase`Replies of ${server} to ${client}${on} ${have} rejected`,
        row.side === 'leaving'
          ? phrase` They are rejected leaving ${server}, as a network ACL does.`
          : row.side === 'arriving'
            ? [' They are rejected arriving at the client, as a network ACL does.']
            : [],
      ];
    case 'refused':
      return [
        phrase`${server} ${has}refused ${client}${on}`,
        [' It answers with resets alone, as where nothing listens.'],
      ];
    case 'unanswered':
      // What was not read may hold the answer.
      if (!isRead) return [phrase`No answer of ${server} to ${client}${on} was seen`, []];
      return [phrase`${server} ${isPast ? 'did not answer' : 'has not answered'} ${client}${on}`, []];
    default:
      return [phrase`${server} ${has}answered some requests of ${client}${on} and not others`, []];
  }
}

/** Those for whom it fails: named as far as they are few, and counted where a row is of many. */
function clientsInWords(rows: readonly JudgedRow[], { more: isMore }: Context): Phrase {
  const [only] = rows;
  if (only?.many !== undefined && Number(only.many) > 1)
    return [`${showInteger(only.many)} outside addresses`];
  const clients = [...new Set(rows.map(({ client }) => client))].toSorted();
  const named = clients.slice(0, MOST_NAMED).map(anAddress);
  // The same clients may be in several rows.
  const all = Math.max(clients.length, ...rows.map(({ faring_alike: alike }) => Number(alike ?? 1)));
  const more = all - named.length;
  // Rows that are not held are not counted.
  const parts = more > 0 ? [...named, `${isMore ? 'at least ' : ''}${showInteger(more)} more`] : named;
  return parts.flatMap((part, index) => {
    if (index === 0) return [part];
    return [index === parts.length - 1 ? ' and ' : ', ', part];
  });
}

/** ` since 13:52:13`, or since before the window where nothing shows its begin. */
function sinceOf(since: Date | null, { window }: Context): Phrase {
  return since === null ? phrase` since before ${{ at: window.from }}` : phrase` since ${{ at: since }}`;
}

function pastOf(rows: readonly JudgedRow[]): Phrase {
  const from = earliest(rows.map(({ since, first_seen: first }) => since ?? first));
  const to = latest(rows.flatMap(({ last_seen: last }) => last ?? []));
  return from === null || to === undefined ? [] : phrase`, from ${{ at: from }} to ${{ at: to }}`;
}

function isPastBy(last: Date | null, context: Pick<JudgeContext, 'window' | 'coverage'>): boolean {
  return last !== null && isOver({ lastSeconds: last.getTime() / 1000 }, context);
}

function earliest(dates: readonly (Date | null)[]): Date | null {
  const known = dates.flatMap((date) => date ?? []);
  return known.length === 0 ? null : new Date(Math.min(...known.map((date) => date.getTime())));
}

function latest(dates: readonly Date[]): Date | undefined {
  return dates.length === 0 ? undefined : new Date(Math.max(...dates.map((date) => date.getTime())));
}

interface Limits {
  readonly words: string;
  readonly certainty: 'proven' | 'likely' | 'unknown';
  readonly wouldTell: readonly Phrase[];
}

/** What keeps a state from being certain, and what would show more. */
function limitsOn(row: JudgedRow, context: Context): Limits {
  const { state, side, flagless, protocol } = row;
  const { coverage } = context;
  const traffic = recordedTraffic(coverage);
  if (state === 'unanswered' && traffic === 'accepted')
    return {
      words: ' Rejected packets are not recorded here, so that it may have been rejected.',
      certainty: 'unknown',
      wouldTell: [WOULD_TELL.allTraffic],
    };
  const hasGap = state === 'unanswered' && !isAnswerRead([row], context);
  const unsure: readonly Phrase[] = [
    ...(state === 'unanswered' && traffic === undefined ? [WOULD_TELL.knownTraffic] : []),
    ...((state === 'rejected' || state === 'reply rejected') && side === '-'
      ? [['The field flow-direction in the format of the flow log would show which way it was rejected.']]
      : []),
    ...(protocol === TCP && Number(flagless) > 0 ? [WOULD_TELL.flags] : []),
  ];
  return {
    words: '',
    certainty: unsure.length > 0 || state === 'mixed' || hasGap ? 'likely' : 'proven',
    wouldTell: unsure,
  };
}

const TCP = 6;

/** ` since 13:40:12`, or from when to when where it is over. */
export function timesOf(
  first: Date | null,
  last: Date | null,
  context: Pick<JudgeContext, 'window' | 'coverage'>,
): Phrase {
  if (first === null || last === null) return [];
  return isPastBy(last, context)
    ? phrase` from ${{ at: first }} to ${{ at: last }}`
    : phrase` since ${{ at: first }}`;
}

function guessingWords(row: JudgedRow, context: Context): Said {
  const { client, server, openings, first_seen: first, last_seen: last } = row;
  const times = timesOf(first, last, context);
  return {
    sentence: phrase`${anAddress(client)} opened ${context.least}${plural(openings, 'short connection')} to ${anAddress(server)}${onService(row)}${times}: it looks like password guessing.`,
    ...(first !== null && { since: first }),
    certainty: 'likely',
    wouldTell: [
      phrase`The login log of ${anAddress(server)} would show whether one of them got in; records do not show it.`,
    ],
  };
}

function uploadWords(row: JudgedRow, context: Context): Said {
  const { client, server, bytes, back, first_seen: first, last_seen: last } = row;
  const times = timesOf(first, last, context);
  return {
    sentence: phrase`${anAddress(client)} sent ${context.least}${showBytes(bytes ?? 0)} to ${anAddress(server)}${onService(row)}${times}, ${timesAsMuch(bytes ?? 0, back ?? 0)}: it looks like an upload.`,
    ...(first !== null && { since: first }),
    certainty: 'likely',
    wouldTell: [
      phrase`Who owns ${anAddress(server)}, and what runs on ${anAddress(client)}, would show whether it was meant.`,
    ],
  };
}

/** `57 times what came back`. */
function timesAsMuch(bytes: Integer, back: Integer): string {
  if (Number(back) === 0) return 'and nothing came back';
  return `${showInteger(Math.floor(Number(bytes) / Number(back)))} times what came back`;
}

function scanWords(row: JudgedRow, context: Context): Said {
  const { client, target, tried, state, tried_from: first, tried_to: last } = row;
  const where = target === '-' ? 'ports of several addresses' : phrase`ports of ${anAddress(target)}`;
  return {
    sentence: phrase`${anAddress(client)} tried ${context.least}${showInteger(tried ?? 0)} ${where}${timesOf(first, last, context)}, ${inVain(state)}: it looks like a scan.`,
    state: state as State,
    ...(first !== null && { since: first }),
    certainty: 'likely',
    wouldTell: [phrase`What answered it would show what it found: \`from\` shows whom an address sent to.`],
  };
}

function inVain(state: string): string {
  if (state === 'rejected') return 'and was rejected';
  return state === 'refused' ? 'and was refused' : 'in vain';
}
