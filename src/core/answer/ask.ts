import { isAddressRange } from '../address/address-range.ts';
import type { Row } from '../columns/column.ts';
import type { Engine, Run } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Sources, Wanted } from '../ports/sources.ts';
import type { Question } from '../question.ts';
import type { Answer } from './answer.ts';
import type { Budget, Party } from './budget.ts';
import { athenaDollars, type Prices } from './cost.ts';
import { cover } from './cover.ts';
import { createDecoder, type Decoded, type Decoder } from './decoder.ts';
import { type Expected, estimateOf } from './estimate.ts';
import { followUpsOf } from './follow-ups.ts';
import { headlineOf } from './headline-of.ts';
import { refuseMissingFields } from './refuse-missing-fields.ts';
import { reusedMinutes } from './reused-minutes.ts';
import type { RowFile } from './row-file.ts';
import { type RowsWanted, rowsWanted } from './rows-wanted.ts';
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
  /** Gets all rows when there are more than that, unless the line says how many it wants. */
  readonly file?: RowFile | undefined;
  /** Told what will be read before it is read, so that progress can say what the question will cost. */
  readonly onScan?: (scan: Scan, expected: Expected) => void;
  /** Told how many questions are before this one, each time that changes, while it waits for its turn. */
  readonly onPlace?: (before: number) => void;
  /** The same for every attempt at this question; left out when nobody would ask it again. */
  readonly identity?: string;
  /** When the person asked, also when this is a later attempt; now when left out. */
  readonly askedAt?: Date;
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
  return async (question, options) => {
    const { signal, onScan, party = NOBODY } = options;
    const wanted = rowsWanted(question, options);
    const scan = await orStopped(signal, sources.scanFor(askedOf(question), signal));
    refuseMissingFields(question, scan);
    const estimate = estimateOf(scan, prices);
    await budget?.check(question, estimate, party);
    onScan?.(scan, { ...estimate, billed: engine.name === 'athena' });
    const statement = {
      ...statementFor(question, scan, wanted.most),
      identity: options.identity,
      reusedMinutes: reusedMinutes(question.window, options.askedAt ?? now()),
    };
    const decoder = decoderFor(question, wanted);
    const isEmpty = scan.objects.length === 0;
    const run = isEmpty
      ? NOTHING_TO_RUN
      : await runInTurn(statement, decoder.take, { engine, prices, turns }, { ...options, party });
    const decoded = isEmpty ? NOTHING_SEEN : decoder.decoded();
    const coverage = cover({ scan, window: question.window, run, ...decoded });
    const rows = judged(question, decoded.rows, { window: question.window, zone: question.zone, coverage });
    const shown = rows.slice(0, wanted.shown);
    const amount = wanted.file === undefined ? rows.length : decoded.amount;
    return {
      question,
      headline: headlineOf(question, shown, rows.length > wanted.shown, { coverage, warnings: scan.notes }),
      columns: Object.entries(question.query.columns).map(([name, column]) => ({ name, column })),
      rows: shown,
      rowCount: Math.min(amount, wanted.most),
      truncated: amount > wanted.most,
      engine: engine.name,
      run,
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

function decoderFor({ query, args, ...context }: Question, { shown, file, most }: RowsWanted): Decoder {
  const list = longestList(query.sql(args, context), most);
  return createDecoder({ spec: query.columns, longestList: list, held: shown + 1, file });
}

const NOBODY: Party = { channel: '', thread: '' };

const NOTHING_TO_RUN: Run = {
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
  amount: 0,
  counts: { matched: 0, skipData: 0, noData: 0 },
  newestEndSeconds: undefined,
};

function judged(
  { query, args }: Question,
  rows: readonly Row[],
  context: Parameters<NonNullable<typeof query.judge>>[2],
): readonly Row[] {
  return query.judge?.(rows, args, context) ?? rows;
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
