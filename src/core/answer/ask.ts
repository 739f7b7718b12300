import { isAddressRange } from '../address/address-range.ts';
import { EngineError } from '../errors.ts';
import type { Run } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Sources, Wanted } from '../ports/sources.ts';
import type { Question } from '../question.ts';
import { fieldsReadBy } from '../selection/flows.ts';
import { saidOfRecords } from '../selection/innermost.ts';
import type { Answer } from './answer.ts';
import { answerOf, type Ran } from './answer-of.ts';
import type { Budget, Party } from './cost/budget.ts';
import type { Priced } from './cost/cheaper-lines.ts';
import { type Expected, estimateOf } from './cost/estimate.ts';
import { findCheaper } from './cost/find-cheaper.ts';
import { reusedMinutes } from './cost/reused-minutes.ts';
import { findEvidence, type Recorded } from './coverage/evidence.ts';
import { mayRepeat, withoutRepeats } from './coverage/repeats.ts';
import { refuseMissingFields } from './refuse-missing-fields.ts';
import { createDecoder, type Decoded, type Decoder } from './rows/decoder.ts';
import { type RowOptions, type RowsWanted, rowsWanted } from './rows/rows-wanted.ts';
import { longestList, statementFor } from './statement.ts';
import { orStopped, type RunParts, runInTurn } from './turn/run-in-turn.ts';

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
export interface AskOptions extends RowOptions {
  readonly signal: AbortSignal;
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
  async function chosen(question: Question, signal: AbortSignal, identity?: string): Promise<Priced> {
    const scan = await orStopped(signal, sources.scanFor({ ...askedOf(question), identity }, signal));
    refuseMissingFields(question, scan);
    const read = await onceEach(question, scan, signal);
    return { question, scan: read, estimate: estimateOf(read, prices) };
  }

  /** In a folder only the records show which flow logs record the same interfaces. */
  async function onceEach(question: Question, scan: Scan, signal: AbortSignal): Promise<Scan> {
    if (engine.bills || scan.subjects !== undefined || !mayRepeat(scan)) return scan;
    const evidence = await evidenceOf(question, scan, signal);
    return evidence === undefined ? scan : withoutRepeats(scan, evidence);
  }

  async function ran({ question, scan }: Priced, wanted: RowsWanted, options: AskOptions): Promise<Ran> {
    const statement = {
      ...statementFor(question, scan, wanted.most),
      identity: options.identity,
      reusedMinutes: reusedMinutes(question.window, options.askedAt ?? now()),
    };
    if (scan.objects.length === 0) return { statement, run: NOTHING_TO_RUN, decoded: NOTHING_SEEN };
    const decoder = decoderFor(question, wanted);
    const turn = { ...options, party: options.party ?? NOBODY };
    const run = await runInTurn(statement, decoder.take, { engine, prices, turns }, turn);
    return { statement, run, decoded: decoder.decoded() };
  }

  /** An answer without rows is worth a second look at its files, where that is not billed. */
  async function evidenceFor(
    { question, scan }: Priced,
    { run, decoded }: Ran,
    signal: AbortSignal,
  ): Promise<readonly Recorded[] | undefined> {
    const { query, args } = question;
    const isOfUse = query.asksFor(args) !== 'none' || args.eni !== undefined;
    if (decoded.amount > 0 || run.filesRead === 0 || engine.bills || !isOfUse) return undefined;
    return evidenceOf(question, scan, signal);
  }

  async function evidenceOf(question: Question, scan: Scan, signal: AbortSignal) {
    return findEvidence(question, scan, engine, signal).catch((error: unknown) => {
      // Without it less is proven, and the answer is as true.
      if (error instanceof EngineError && error.code !== 'cancelled') return undefined;
      throw error;
    });
  }

  return async (question, options) => {
    const { signal, onScan, party = NOBODY } = options;
    const wanted = rowsWanted(question, options);
    const asked = await chosen(question, signal, options.identity);
    const weigh = async (narrower: Question) => (await chosen(narrower, signal)).estimate;
    const whose = { ...party, id: options.identity };
    await budget?.check(question, asked.estimate, whose, () => findCheaper(asked, weigh));
    onScan?.(asked.scan, { ...asked.estimate, billed: engine.bills });
    await orStopped(signal, sources.prepare(asked.scan, signal));
    const found = await ran(asked, wanted, options);
    const evidence = await evidenceFor(asked, found, signal);
    const context = { engine, prices, longestWindowSeconds, now: now(), evidence };
    return answerOf(asked, wanted, found, context);
  };
}

/** Whose records a question is about, as far as its arguments tell. */
function askedOf({ query, window, args, zone }: Question): Wanted {
  const { in: name, account, region, vpc, eni } = args;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    window,
    scope: { in: text(name), account: text(account), region: text(region), vpc: text(vpc) },
    addresses: Object.values(args).filter(isAddressRange),
    eni: text(eni),
    fields: fieldsReadBy(saidOfRecords(query.sql(args, { window, zone }))),
  };
}

function decoderFor({ query, args, ...context }: Question, { shown, file, most }: RowsWanted): Decoder {
  const list = longestList(query.sql(args, context), most);
  return createDecoder({
    spec: query.columns,
    totals: Object.keys(query.totals),
    longestList: list,
    held: shown + 1,
    file,
  });
}

const NOBODY: Party = { channel: '', thread: '', person: '' };

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
  totals: {},
  counts: { matched: 0, skipData: 0, skippedAt: [], noData: 0, otherStatus: 0 },
  newestEndSeconds: undefined,
};
