import { isAddressRange } from '../address/address-range.ts';
import type { Row } from '../columns/column.ts';
import type { Engine, Run } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Sources, Wanted } from '../ports/sources.ts';
import type { Question } from '../question.ts';
import type { Answer } from './answer.ts';
import type { Budget, Party } from './budget.ts';
import type { Priced } from './cheaper-lines.ts';
import { athenaDollars, type Prices } from './cost.ts';
import { cover } from './cover.ts';
import type { Coverage } from './coverage.ts';
import { type Decoded, decode } from './decode.ts';
import { emptyHeadline } from './empty-headline.ts';
import { type Expected, estimateOf } from './estimate.ts';
import { findCheaper } from './find-cheaper.ts';
import { followUpsOf } from './follow-ups.ts';
import { isReusable } from './is-reusable.ts';
import { refuseMissingFields } from './refuse-missing-fields.ts';
import { orStopped, type RunParts, runInTurn } from './run-in-turn.ts';
import { longestList, statementFor } from './statement.ts';

/** What asking needs from outside. */
export interface AskParts extends RunParts {
  readonly sources: Sources;
  /** Undefined where nothing is billed. */
  readonly budget?: Budget | undefined;
  /** The longest window that a follow-up may offer. */
  readonly longestWindowSeconds: number;
  readonly now: () => Date;
}

/** How one question is asked. */
export interface AskOptions {
  readonly signal: AbortSignal;
  /** Rows to return at most; the query's own number when left out. */
  readonly rowLimit?: number | undefined;
  /** Told what will be read before it is read, so that progress can say what the question will cost. */
  readonly onScan?: (scan: Scan, expected: Expected) => void;
  /** Told how many questions are before this one, each time that changes, while it waits for its turn. */
  readonly onPlace?: (before: number) => void;
  /** The same for every attempt at this question. */
  readonly identity?: string;
  readonly party?: Party;
}

/** Answers a question: chooses what to read, runs the one statement, decodes, covers, and says it in a sentence. */
export type Ask = (question: Question, options: AskOptions) => Promise<Answer>;

/** Builds the one use case; every door (command, mention, button, terminal) leads here. */
export function createAsk({
  sources,
  engine,
  prices,
  budget,
  turns,
  longestWindowSeconds,
  now,
}: AskParts): Ask {
  async function chosen(question: Question, signal: AbortSignal): Promise<Priced> {
    const scan = await orStopped(signal, sources.scanFor(askedOf(question), signal));
    refuseMissingFields(question, scan);
    return { question, scan, estimate: estimateOf(scan, prices) };
  }

  return async (question, options) => {
    const { signal, rowLimit = rowLimitOf(question), onScan, party = NOBODY } = options;
    const asked = await chosen(question, signal);
    const { scan, estimate } = asked;
    const weigh = async (narrower: Question) => (await chosen(narrower, signal)).estimate;
    await budget?.check(question, estimate, party, () => findCheaper(asked, weigh));
    onScan?.(scan, { ...estimate, billed: engine.name === 'athena' });
    const reusable = isReusable(question.window, now());
    const statement = { ...statementFor(question, scan, rowLimit), identity: options.identity, reusable };
    await orStopped(signal, sources.prepare(scan, signal));
    const run =
      scan.objects.length === 0
        ? NOTHING_TO_RUN
        : await runInTurn(statement, { engine, prices, turns }, { ...options, party });
    const decoded = run === NOTHING_TO_RUN ? NOTHING_SEEN : decodedOf(question, run, rowLimit);
    const coverage = cover({ scan, window: question.window, run, ...decoded });
    const rows = judged(question, decoded.rows, { window: question.window, zone: question.zone, coverage });
    const shown = rows.slice(0, rowLimit);
    const { rows: _cells, columns: _names, ...facts } = run;
    return {
      question,
      headline: headlineOf(question, shown, rows.length > rowLimit, { coverage, warnings: scan.notes }),
      columns: Object.entries(question.query.columns).map(([name, column]) => ({ name, column })),
      rows: shown,
      truncated: rows.length > rowLimit,
      engine: engine.name,
      run: facts,
      cost: costOf(engine.name, run.scannedBytes, scan, prices),
      estimatedBytes: estimate.bytes,
      threadDollars: 0,
      coverage,
      followUps: followUpsOf(question, shown, coverage, longestWindowSeconds),
      statement,
    };
  };
}

/** Whose records a question is about, as far as its arguments tell. */
function askedOf({ window, args }: Question): Wanted {
  const { in: name, account, region, vpc, eni } = args;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    window,
    scope: { in: text(name), account: text(account), region: text(region), vpc: text(vpc) },
    addresses: Object.values(args).filter(isAddressRange),
    eni: text(eni),
  };
}

function decodedOf({ query, args, ...context }: Question, run: Run, rowLimit: number): Decoded {
  return decode(run, query.columns, longestList(query.sql(args, context), rowLimit));
}

const NOBODY: Party = { channel: '', thread: '' };

const NOTHING_TO_RUN: Run = {
  columns: [],
  rows: [],
  scannedBytes: 0,
  filesRead: 0,
  elapsedMs: 0,
  reused: false,
  id: '',
  unread: [],
  unreadableLines: 0,
};

const NOTHING_SEEN: Decoded = {
  rows: [],
  counts: { matched: 0, skipData: 0, noData: 0 },
  newestEndSeconds: undefined,
};

function rowLimitOf({ args, query }: Question): number {
  return typeof args.top === 'number' ? args.top : query.limit;
}

function judged(
  { query, args }: Question,
  rows: readonly Row[],
  context: Parameters<NonNullable<typeof query.judge>>[2],
): readonly Row[] {
  return query.judge?.(rows, args, context) ?? rows;
}

function headlineOf(
  { query, args }: Question,
  rows: readonly Row[],
  more: boolean,
  { coverage, warnings }: { readonly coverage: Coverage; readonly warnings: readonly string[] },
): string {
  const options = optionWords(query, args);
  if (rows.length > 0) return [query.headline(rows, args, more), ...asked(options)].join(' ');
  const ofAddress = Object.values(args).some(isAddressRange);
  const subject = [query.subject(args), ...(options.length === 0 ? [] : ['with', ...options])].join(' ');
  return emptyHeadline(subject, coverage, { ofAddress, warnings });
}

/** What was seen on one port is not all that was seen. */
function asked(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [`(Only ${options.join(' ')}.)`];
}

/** The options that narrow the question and that no sentence of the query tells: nothing on one port is not nothing. */
function optionWords(query: Question['query'], args: Question['args']): readonly string[] {
  return Object.entries(query.args).flatMap(([name, { place, write }]) => {
    const told = place === 'bare' || name === 'top' || isAddressRange(args[name]);
    const word = told ? undefined : write(args[name]);
    return word === undefined ? [] : [`${name}=${word}`];
  });
}

function costOf(
  engine: Engine['name'],
  scannedBytes: number,
  { source }: Scan,
  prices: Prices,
): Answer['cost'] {
  const dollars = athenaDollars(scannedBytes, source.region, prices);
  return { dollars: engine === 'athena' ? dollars : 0, athenaDollars: dollars };
}
