import { EngineError, UserError } from '../errors.ts';
import type { FieldName } from '../flow-log/fields.ts';
import type { IdentityLookup } from '../lake/identity-lookup.ts';
import type { NameBook } from '../lake/name-book.ts';
import type { RulesLookup } from '../lake/rules-lookup.ts';
import { readsNothing, type Scan } from '../lake/scan.ts';
import type { ScanTarget, Sources } from '../lake/sources.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import { fieldsAskedBy } from '../query/flows.ts';
import type { Question } from '../query/question.ts';
import { namingFields, readRecordedNames } from '../query/recorded-names.ts';
import { saidOfRecords } from '../query/selection.ts';
import type { Answer } from './answer.ts';
import { answerOf, isShown, namedIn, type Ran, withNames } from './answer-of.ts';
import type { Budget, Spender } from './budget.ts';
import { findCheaper, type Priced } from './cheaper-lines.ts';
import { type Expected, estimateOf, reusedMinutes } from './cost.ts';
import { findEvidence, type InterfaceEvidence } from './coverage/evidence.ts';
import { mayRepeat, withoutRepeats } from './coverage/repeats.ts';
import { createDecoder, type Decoded, type Decoder } from './decoder.ts';
import { isBilled, type OnStart, type Run } from './engine.ts';
import { lateNames } from './late-names.ts';
import { offeringInsights } from './offer-insights.ts';
import { type RowOptions, type RowsWanted, rowsWanted } from './rows.ts';
import { addressesOf, scanWindows } from './scan-windows.ts';
import { fieldsScanned, longestList, statementFor } from './statement.ts';
import { AT_ONCE, orStopped, type RunParts, runInTurn, type Turns } from './turns.ts';

export interface AskParts extends RunParts {
  readonly sources: Sources;
  /** Turns for choosing what to read, which takes files and calls to AWS as well; at once when left out. */
  readonly choosing?: Turns | undefined;
  /** Left out where there is no EC2 to ask. */
  readonly rules?: RulesLookup | undefined;
  /** Left out where nothing but records is known. */
  readonly identify?: IdentityLookup | undefined;
  /** Undefined where nothing is billed. */
  readonly budget?: Budget | undefined;
  /** Undefined where only the interfaces that a question is about have names. */
  readonly names?: NameBook | undefined;
  /** Whether answers have names where a line does not say it; they have when left out. */
  readonly isNamed?: boolean;
  /** The longest window that a follow-up may offer. */
  readonly longestWindowSeconds: number;
  readonly now: () => Date;
}

/** How one question is asked. */
export interface AskOptions extends RowOptions {
  readonly signal: AbortSignal;
  /** Called with what will be read before it is read, so that progress can show what the question will cost. */
  readonly onScan?: (scan: Scan, expected: Expected) => void;
  /** Called with what has come from log groups so far, while they are read to find out what there is. */
  readonly onEvents?: ScanTarget['onEvents'];
  /** Called with the number of questions before this one, each time that changes, while it waits for its turn. */
  readonly onTurn?: (before: number) => void;
  /** The same for every attempt at this question, and at those that it is the same as; left out when it is never retried. */
  readonly identity?: string;
  /** Called with the engine's own id of the run that is billed for this question, before its rows come. */
  readonly onStart?: OnStart;
  /** Whether an equal question is charged for a run; asked once it has ended. */
  readonly isPaid?: (runId: string) => Promise<boolean>;
  /** When the person asked, also when this is a later attempt; now when left out. */
  readonly askedAt?: Date;
  readonly spender?: Spender;
  /**
   * Called once, after the answer, with that answer and the names that it could not wait for; never where there are none, or
   * once the signal is aborted.
   */
  readonly onLateNames?: (answer: Answer) => void;
}

/** Answers a question: chooses what to read, runs one statement, decodes it, and computes coverage and finding. */
export type Ask = (question: Question, options: AskOptions) => Promise<Answer>;

/** Every door (command, mention, button, terminal) asks through this function. */
export function createAsk({
  sources,
  engine,
  rules,
  identify,
  prices,
  budget,
  turns,
  choosing = AT_ONCE,
  longerThanBytes,
  names,
  isNamed: isUsuallyNamed = true,
  longestWindowSeconds,
  now,
}: AskParts): Ask {
  async function chosen(
    question: Question,
    signal: AbortSignal,
    whose: Pick<AskOptions, 'identity' | 'onEvents'> = {},
  ): Promise<Priced> {
    const found = await orStopped(signal, scanWindows(question, sources, whose, signal));
    const scan = standardArguments(question.args).cache === false ? { ...found, isOfOrigins: true } : found;
    refuseMissingFields(question, scan);
    const read = await onceEach(question, scan, signal);
    return {
      question,
      scan: read,
      estimate: estimateOf(read, prices, fieldsScanned(question, read, isNamed(question))),
    };
  }

  /** In a folder only the records show which flow logs record the same interfaces. */
  async function onceEach(question: Question, scan: Scan, signal: AbortSignal): Promise<Scan> {
    if (isBilled(engine, scan) || scan.subjects !== undefined || !mayRepeat(scan)) return scan;
    const evidence = await evidenceOf(question, scan, signal);
    return evidence === undefined ? scan : withoutRepeats(scan, evidence);
  }

  function isNamed({ args }: Question): boolean {
    return standardArguments(args).names ?? isUsuallyNamed;
  }

  async function ran({ question, scan }: Priced, wanted: RowsWanted, options: AskOptions): Promise<Ran> {
    const statement = {
      ...statementFor(question, scan, wanted.most, isNamed(question)),
      identity: options.identity,
      reusedMinutes: reusedMinutes(question.window, options.askedAt ?? now(), scan),
    };
    if (readsNothing(scan)) return { statement, run: NOTHING_TO_RUN, decoded: NOTHING_SEEN };
    const decoder = decoderFor(question, wanted, scan);
    const turn = { ...options, spender: options.spender ?? NO_SPENDER };
    const run = await runInTurn(statement, decoder.take, { engine, prices, turns, longerThanBytes }, turn);
    const isShared = isBilled(engine, scan) && ((await options.isPaid?.(run.id)) ?? false);
    const charged = isShared ? { ...run, scannedBytes: 0, isShared } : run;
    const decoded = run.insights?.objects.length === 0 ? NOTHING_SEEN : decoder.decoded();
    return { statement, run: charged, decoded };
  }

  /** An answer without rows is worth a second look at its files, where that is not billed. */
  async function evidenceFor(
    { question, scan }: Priced,
    { run, decoded }: Ran,
    signal: AbortSignal,
  ): Promise<readonly InterfaceEvidence[] | undefined> {
    const { query, args } = question;
    const isOfUse = query.asksFor(args) !== 'none' || standardArguments(args).eni !== undefined;
    const isEmpty = decoded.amount === 0 || decoded.rows.every((row) => query.isBackground?.(row) === true);
    if (!isEmpty || run.filesRead === 0 || isBilled(engine, scan) || !isOfUse) return undefined;
    return evidenceOf(question, scan, signal);
  }

  async function evidenceOf(question: Question, scan: Scan, signal: AbortSignal) {
    return findEvidence(question, scan, engine, signal).catch((error: unknown) => {
      // Without this evidence less is proven, but the answer is as true.
      if (error instanceof EngineError && error.code !== 'cancelled') return undefined;
      throw error;
    });
  }

  async function identified({ question, scan: { flowLogs = [] } }: Priced, signal: AbortSignal) {
    const [address] = addressesOf(question);
    if (address === undefined) return undefined;
    const { scope } = standardArguments(question.args);
    const named = { isNamed: isNamed(question) };
    return identify?.({ address, window: question.window, scope, flowLogs, ...named }, signal);
  }

  return async (question, options) => {
    const { signal, onScan, onLateNames, spender = NO_SPENDER } = options;
    const wanted = rowsWanted(question, options);
    const asked = await orStopped(
      signal,
      choosing.take(
        spender,
        () => offeringInsights(question, (each) => chosen(each, signal, options)),
        choosingTurn(options, turns),
      ),
    );
    const weigh = async (narrower: Question) => {
      const { scan, estimate } = await chosen(narrower, signal);
      return isBilled(engine, scan) ? estimate : { ...estimate, dollars: 0 };
    };
    const whose = { ...spender, id: options.identity };
    if (isBilled(engine, asked.scan))
      await budget?.check(question, asked.estimate, whose, () => findCheaper(asked, weigh));
    onScan?.(asked.scan, { ...asked.estimate, billed: isBilled(engine, asked.scan) });
    const lookup = isNamed(question) ? names?.lookUp(asked.scan) : undefined;
    await orStopped(signal, sources.prepare(asked.scan, signal));
    const [found, ruled, identity] = await Promise.all([
      ran(asked, wanted, options),
      question.query.asksRules ? rules?.(addressesOf(question), signal) : undefined,
      question.query.asksIdentity ? identified(asked, signal) : undefined,
    ]);
    const evidence = await evidenceFor(asked, found, signal);
    const known = { evidence, rules: ruled, identity, isNamed: isNamed(question) };
    const context = { engine, prices, longestWindowSeconds, now: now(), ...known };
    const answer = answerOf(asked, wanted, found, context);
    if (lookup === undefined) return answer;
    const recorded = readRecordedNames(found.decoded.recordedNames, namingFields(asked.scan.tables));
    const naming = { lookup, wanted: namedIn(answer), window: question.window, recorded };
    const inTime = await lookup.namesOf(naming.wanted, naming.window, recorded);
    if (onLateNames !== undefined)
      void lateNames(naming, inTime, signal).then((late) => {
        if (late !== undefined) onLateNames(withNames(answer, late));
      });
    return withNames(answer, inTime);
  };
}

function decoderFor(
  { query, args, ...context }: Question,
  { held, file, most }: RowsWanted,
  scan: Scan,
): Decoder {
  const list = longestList(query.sql(args, context), most);
  return createDecoder({
    spec: query.columns,
    totals: Object.keys(query.totals),
    longestList: list,
    held,
    file,
    isShown: (name) => isShown(query, name, scan),
  });
}

/** Who waits for what to read to be chosen waits for all that wait for the engine, too. */
function choosingTurn(
  { signal, onTurn }: Pick<AskOptions, 'signal' | 'onTurn'>,
  turns: Turns = AT_ONCE,
): Parameters<Turns['take']>[2] {
  if (onTurn === undefined) return { signal };
  return { signal, onTurn: (before) => onTurn(before === 0 ? 0 : before + turns.amounts().waiting) };
}

const NO_SPENDER: Spender = { channel: '', thread: '', person: '' };

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
  recordedNames: [],
};

/**
 * Queries work without these: they look in other fields. A condition on any other field that is not recorded would
 * match nothing, and the answer would say that there was no such traffic.
 */
const MAY_BE_ABSENT: ReadonlySet<FieldName> = new Set<FieldName>(['tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr']);

/** @throws UserError when a question needs a field that the flow logs do not record, naming it. */
function refuseMissingFields(question: Question, scan: Scan): void {
  const { query, args } = question;
  const read = fieldsAskedBy(saidOfRecords(query.sql(args, question))).filter(
    (field) => !MAY_BE_ABSENT.has(field) && !query.mayLack.includes(field),
  );
  const given = Object.entries(query.args).filter(([name]) => args[name] !== undefined);
  const needed = new Set([...query.needs, ...read, ...given.flatMap(([, { needs }]) => needs ?? [])]);
  const missing = [...needed].filter((field) => !scan.source.fields.includes(field));
  if (missing.length === 0 || readsNothing(scan)) return;
  throw new UserError(
    `\`${question.line}\` needs ${missing.join(', ')}, which the flow logs of ${scan.source.name} do not record.`,
    {
      hint: 'Create a flow log with a custom format that has it; the format of an existing one cannot change.',
    },
  );
}
