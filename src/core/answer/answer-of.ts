import { isAddressRange } from '../flow-log/addresses.ts';
import type { AddressIdentity } from '../lake/identity-lookup.ts';
import { type Names, NO_NAMES, namesAt } from '../lake/names.ts';
import type { RulesNow } from '../lake/rules-lookup.ts';
import { countedObjects, type Scan, vpcsOf } from '../lake/scan.ts';
import { NOT_OF_THE_QUESTION } from '../line/standard-arguments.ts';
import { ABSENT, type ColumnSpec } from '../query/columns.ts';
import { type Coverage, isNothingRead, type LogCoverage } from '../query/coverage.ts';
import { type Finding, type Judgement, type Phrase, phrase, phraseText } from '../query/finding.ts';
import { type Question, windowsOf } from '../query/question.ts';
import type { Answer } from './answer.ts';
import type { Priced } from './cheaper-lines.ts';
import { athenaDollars, type Prices } from './cost.ts';
import { cover } from './coverage/cover.ts';
import type { InterfaceEvidence } from './coverage/evidence.ts';
import { logCoverages } from './coverage/log-coverage.ts';
import { type Proof, proofOf } from './coverage/proof.ts';
import type { Decoded } from './decoder.ts';
import { type Engine, isBilled, type Run, type Statement } from './engine.ts';
import { followUpsOf } from './follow-ups.ts';
import type { RowsWanted } from './rows.ts';

/** A statement, its execution, and what that returned. */
export interface Ran {
  readonly statement: Statement;
  readonly run: Run;
  readonly decoded: Decoded;
}

export interface AnswerContext {
  readonly engine: Pick<Engine, 'name' | 'bills'>;
  readonly prices: Prices;
  /** The longest window that a follow-up may offer. */
  readonly longestWindowSeconds: number;
  readonly now: Date;
  /** What the files of an answer without rows show of the flow logs behind them; undefined where they were not looked at. */
  readonly evidence: readonly InterfaceEvidence[] | undefined;
  /** What EC2's rules say, where the query asks for them. */
  readonly rules: RulesNow | undefined;
  /** What the address of the question is, where the query asks for it. */
  readonly identity?: AddressIdentity | undefined;
  /** Whether addresses and interfaces are shown with their names. */
  readonly isNamed: boolean;
}

/** Says what was found and what it means, how far it can be trusted, what it cost, and what to ask next. */
export function answerOf(
  { question, scan: chosen, estimate }: Priced,
  wanted: RowsWanted,
  { statement, run, decoded }: Ran,
  { engine, prices, longestWindowSeconds, now, evidence, rules, identity, isNamed }: AnswerContext,
): Answer {
  const { query, args, window, zone } = question;
  const scan = { ...chosen, ...run.insights };
  const billed = isBilled(engine, scan);
  const coverage = cover({ question, scan, run, now, ...decoded });
  const otherWindows = otherWindowsOf(question, scan, run, now);
  const names = isNamed ? namesOf(question, scan) : NO_NAMES;
  const more = decoded.rows.length >= wanted.held;
  const { rows, finding } = query.judge(decoded.rows, args, {
    window,
    zone,
    coverage,
    otherWindows,
    names,
    subjects: scan.subjects ?? [],
    rules,
    identity,
    totals: decoded.totals,
    more,
    shown: Math.min(decoded.rows.length, wanted.shown),
    least: coverage.complete ? '' : 'at least ',
  });
  const shown = rows.slice(0, wanted.shown);
  const amount = wanted.file === undefined ? rows.length : decoded.amount;
  const whole =
    rows.length > 0
      ? wholeFinding(finding, question, coverage)
      : withoutRows(
          finding,
          emptyFinding(question, proofOf({ question, scan, coverage, evidence }), coverage, otherWindows),
        );
  return {
    question,
    finding: whole,
    headline: phraseText(whole.sentence, { zone, names, window }),
    names,
    columns: Object.entries(query.columns)
      .filter(([name]) => isShown(query, name, scan))
      .map(([name, column]) => ({ name, column })),
    rows: shown,
    rowCount: Math.min(amount, wanted.most),
    truncated: amount > wanted.most,
    engine: scan.direct === undefined ? engine.name : 'duckdb',
    billed,
    run,
    cost: costOf(billed, run.scannedBytes, scan, prices),
    estimatedBytes: estimate.bytes,
    threadDollars: 0,
    coverage,
    followUps: followUpsOf(question, shown, coverage, longestWindowSeconds),
    statement,
  };
}

/** Whether a column of a query is shown: not what is only judged, and not a field that is not recorded. */
export function isShown(
  { shown, columns }: Pick<Question['query'], 'shown' | 'columns'>,
  name: string,
  { source }: Pick<Scan, 'source'>,
): boolean {
  const field = columns[name]?.field;
  return (shown?.includes(name) ?? true) && (field === undefined || source.fields.includes(field));
}

/** The slots of the windows other than the one that was asked for: a hole in one of them is no change. */
function otherWindowsOf(
  question: Question,
  scan: Scan,
  { unread }: Pick<Run, 'unread'>,
  now: Date,
): Readonly<Record<string, readonly LogCoverage[]>> {
  const failed = [...scan.unread, ...unread];
  const own = { ...scan, objects: countedObjects(scan.objects) };
  const [, ...others] = windowsOf(question);
  return Object.fromEntries(
    others.map(([name, window]) => [name, logCoverages({ scan: own, window, failed, now })]),
  );
}

/** An answer with names for its rows and its sentence; they change nothing of what it says. */
export function withNames(answer: Answer, names: Names): Answer {
  const { finding, question } = answer;
  const { zone, window } = question;
  return { ...answer, names, headline: phraseText(finding.sentence, { zone, names, window }) };
}

/** The addresses and interfaces that an answer shows, those of its sentence first. */
export function namedIn({ finding, columns, rows }: Answer): readonly string[] {
  const known = finding.facts?.map(({ value }) => value) ?? [];
  const said = [finding.sentence, ...finding.wouldTell, ...known].flat().flatMap((part) => {
    if (typeof part === 'string' || 'at' in part) return [];
    return 'address' in part ? part.address : part.networkInterface;
  });
  const named = columns.filter(({ column: { kind } }) => kind === 'address' || kind === 'interface');
  const shown = rows.flatMap((row) =>
    named.flatMap(({ name }) => {
      const value = row[name];
      return typeof value === 'string' && value !== ABSENT ? value : [];
    }),
  );
  return [...new Set([...said, ...shown])];
}

/** What EC2 said of the interfaces that the question is about, when the flow logs were chosen. */
function namesOf({ window }: Question, { nameSpans = [], flowLogs = [] }: Scan): Names {
  return namesAt(nameSpans, { window, vpcIds: vpcsOf(flowLogs) });
}

function costOf(isBilled: boolean, scannedBytes: number, { source }: Scan, prices: Prices): Answer['cost'] {
  const dollars = athenaDollars(scannedBytes, source.region, prices);
  return { dollars: isBilled ? dollars : 0, athenaDollars: dollars };
}

/** What the rows mean, with what narrowed the question; over doubtful logs it says that there may be more. */
function wholeFinding(
  { sentence, withoutRows: _withoutRows, ...found }: Judgement<ColumnSpec>['finding'],
  { query, args }: Question,
  coverage: Coverage,
): Finding {
  const text = sentence.filter((part) => typeof part === 'string').join('');
  const options = optionWords(query, args).filter(([name]) => !query.saidInSentence.includes(name));
  const behind = [
    ...narrowedBy(options.map(([, word]) => word)),
    ...(found.state === undefined ? atLeast(text, coverage) : doubtOf(coverage)),
  ];
  const { certainty = 'proven', wouldTell = [] } = found;
  return {
    ...found,
    sentence: behind.length === 0 ? sentence : phrase`${sentence} ${behind.join(' ')}`,
    certainty: certainty === 'proven' && !coverage.complete ? 'likely' : certainty,
    wouldTell,
  };
}

/** What is known without any row comes before that there is none. */
function withoutRows(
  { withoutRows: known, links, facts, wouldTell = [] }: Judgement<ColumnSpec>['finding'],
  empty: Finding,
): Finding {
  if (known === undefined) return empty;
  return {
    ...empty,
    sentence: phrase`${known} ${empty.sentence}`,
    wouldTell: [...empty.wouldTell, ...wouldTell],
    ...(links !== undefined && { links }),
    ...(facts !== undefined && { facts }),
  };
}

/** What became of a conversation is no amount: there is not more of it, but it may be otherwise. */
function doubtOf({ complete, doubts: [doubt] }: Coverage): readonly string[] {
  return complete || doubt === undefined ? [] : [`But ${doubt}.`];
}

/** A sentence without an amount has it at its end. */
function atLeast(sentence: string, { complete, doubts: [doubt] }: Coverage): readonly string[] {
  return complete || /at least /i.test(sentence) ? [] : [`There may be more: ${doubt}.`];
}

/** What was seen on one port is not all that was seen. */
function narrowedBy(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [`(Only ${options.join(' ')}.)`];
}

/** The options that narrow the question and that are in no sentence of the query: no traffic on one port is not no traffic. */
function optionWords(
  query: Question['query'],
  args: Question['args'],
): readonly (readonly [name: string, word: string])[] {
  return Object.entries(query.args).flatMap(([name, { place, write }]) => {
    const isInSentence = place === 'bare' || NOT_OF_THE_QUESTION.has(name) || isAddressRange(args[name]);
    const word = isInSentence ? undefined : write(args[name]);
    return word === undefined ? [] : [[name, `${name}=${word}`] as const];
  });
}

/**
 * The finding of an answer without rows. It says "no traffic" only as far as that is proven. Otherwise it says what is
 * not known, with the weightiest reason; the coverage has the others.
 */
function emptyFinding(
  { query, args }: Pick<Question, 'query' | 'args'>,
  { doubts, upTo, isLateAlone }: Proof,
  coverage: Pick<Coverage, 'filesRead' | 'tablesRead'>,
  otherWindows: Readonly<Record<string, readonly LogCoverage[]>>,
): Finding {
  const options = optionWords(query, args).map(([, word]) => word);
  const subject = phrase`${query.subject(args)}${options.length === 0 ? '' : ` with ${options.join(' ')}`}`;
  const [doubt] = doubts;
  const unknown = (sentence: Phrase, wouldTell: readonly Phrase[] = []): Finding => ({
    sentence,
    certainty: 'unknown',
    wouldTell,
  });
  // What is compared with a time that was not read has no change that could be seen.
  const isCompared = Object.values(otherWindows).every(
    (logs) => logs.length > 0 && logs.every(({ whole }) => whole),
  );
  if (doubt === undefined && !isCompared)
    return unknown(
      phrase`Cannot say whether there was ${subject}: not all of the time that it is compared with was read.`,
    );
  if (doubt === undefined)
    return {
      sentence: phrase`No ${subject} seen; the logs of the window are complete.`,
      certainty: 'proven',
      wouldTell: [],
    };
  if (isNothingRead(coverage)) return unknown(phrase`Cannot say whether there was ${subject}: ${doubt}.`);
  if (upTo !== undefined && isLateAlone)
    return unknown(phrase`No ${subject} seen up to ${{ at: upTo }}; later minutes are not delivered yet.`, [
      ['The same question once those minutes are delivered.'],
    ]);
  const proven = upTo === undefined ? '' : phrase`; up to ${{ at: upTo }} there was none`;
  return unknown(
    phrase`Cannot say whether there was ${subject}: none in the records that were read, but ${doubt}${proven}.`,
  );
}
