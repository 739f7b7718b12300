import { isAddressRange } from '../address/address-range.ts';
import type { Row } from '../columns/column.ts';
import { UserError } from '../errors.ts';
import type { FieldName } from '../flow-log/fields.ts';
import type { Engine, Run } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Sources } from '../ports/sources.ts';
import type { Question } from '../question.ts';
import { fieldsReadBy } from '../selection/flows.ts';
import { saidOfRecords } from '../selection/innermost.ts';
import type { Answer } from './answer.ts';
import { athenaDollars, type Prices } from './cost.ts';
import { cover } from './cover.ts';
import type { Coverage } from './coverage.ts';
import { type Decoded, decode } from './decode.ts';
import { emptyHeadline } from './empty-headline.ts';
import { followUpsOf } from './follow-ups.ts';
import { longestList, statementFor } from './statement.ts';
import { stopped } from './stopped.ts';

/** What asking needs from outside. */
export interface AskParts {
  readonly sources: Sources;
  readonly engine: Engine;
  readonly prices: Prices;
  /** The longest window that a follow-up may offer. */
  readonly longestWindowSeconds: number;
}

/** How one question is asked. */
export interface AskOptions {
  readonly signal: AbortSignal;
  /** Rows to return at most; the query's own number when left out. */
  readonly rowLimit?: number | undefined;
  /** Told what will be read before it is read, so that progress can say what the question will cost. */
  readonly onScan?: (scan: Scan) => void;
}

/** Answers a question: chooses what to read, runs the one statement, decodes, covers, and says it in a sentence. */
export type Ask = (question: Question, options: AskOptions) => Promise<Answer>;

/** Builds the one use case; every door (command, mention, button, terminal) leads here. */
export function createAsk({ sources, engine, prices, longestWindowSeconds }: AskParts): Ask {
  return async (question, { signal, rowLimit = rowLimitOf(question), onScan }) => {
    const scan = await scanFor(sources, question, signal);
    refuseMissingFields(question, scan);
    onScan?.(scan);
    const statement = statementFor(question, scan, rowLimit);
    const run = scan.objects.length === 0 ? NOTHING_TO_RUN : await engine.run(statement, signal);
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
      coverage,
      followUps: followUpsOf(question, shown, coverage, longestWindowSeconds),
      statement,
    };
  };
}

function decodedOf({ query, args, ...context }: Question, run: Run, rowLimit: number): Decoded {
  return decode(run, query.columns, longestList(query.sql(args, context), rowLimit));
}

/** Looking into many files takes time too: being stopped meanwhile is no fault. */
async function scanFor(sources: Sources, { window }: Question, signal: AbortSignal): Promise<Scan> {
  try {
    return await sources.scanFor(window, signal);
  } catch (error) {
    throw signal.aborted ? stopped(signal, error) : error;
  }
}

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

/**
 * Queries cope without these: they look in other fields. A condition on any other field that is not recorded would
 * match nothing, and the answer would say that there was no such traffic.
 */
const MAY_BE_ABSENT: ReadonlySet<FieldName> = new Set<FieldName>(['tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr']);

function refuseMissingFields(question: Question, scan: Scan): void {
  const { query, args } = question;
  const read = fieldsReadBy(saidOfRecords(query.sql(args, question))).filter(
    (field) => !MAY_BE_ABSENT.has(field),
  );
  const given = Object.entries(query.args).filter(([name]) => args[name] !== undefined);
  const needed = new Set([...query.needs, ...read, ...given.flatMap(([, { needs }]) => needs ?? [])]);
  const missing = [...needed].filter((field) => !scan.source.fields.includes(field));
  if (missing.length === 0 || scan.objects.length === 0) return;
  throw new UserError(
    `\`${question.line}\` needs ${missing.join(', ')}, which the flow logs of ${scan.source.name} do not record.`,
    {
      hint: 'Create a flow log with a custom format that has it; the format of an existing one cannot change.',
    },
  );
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
