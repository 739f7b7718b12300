import type { Answer } from '../core/answer/answer.ts';
import { EngineError, StoreError, UserError } from '../core/errors.ts';
import { CloudError } from '../core/lake/cloud.ts';
import type { HelpWanted } from '../core/line/understand.ts';
import type { AnswerOptions, AnswerRequests, RequestResult } from '../core/operation/answer-requests.ts';
import type { Report } from '../core/operation/report.ts';
import { isCommand, type QuestionOrCommand, type RequestOrHelp } from '../core/operation/request.ts';
import { answerCsv } from '../render/answer-csv.ts';
import { answerJson, failureJson, reportJson } from '../render/answer-json.ts';
import { answerText, reportText } from '../render/answer-text.ts';
import { coverageDetails, coverageLine } from '../render/coverage-lines.ts';
import { type FailureWords, failureWords } from '../render/failure.ts';
import type { Paint } from '../render/paint.ts';
import { printable } from '../render/plain-text.ts';
import { fetchingLine, readingLine, receiptLine, waitingLine } from '../render/question-lines.ts';
import { typedLine } from '../render/wrap-text.ts';
import type { OutputForm } from './command-line.ts';
import { type CsvPrinter, csvRowsWanted } from './csv-output.ts';

/** How a terminal reads lines, asks, and prints. */
export interface TerminalParts extends CsvPrinter {
  readonly ask: TerminalAsk;
  readonly understand: (line: string, zone: string) => RequestOrHelp;
  readonly help: (wanted: HelpWanted) => string;
  readonly zone: string;
  /** Printed before lines that are offered: `flowlog `, or nothing in a prompt. */
  readonly prompt: string;
  /** How wide the terminal is, in characters; undefined where the output is none. */
  readonly width?: number | undefined;
  /** How parts of an answer are set off; undefined where there are no colours. */
  readonly paint?: Paint | undefined;
  readonly newId: () => string;
  /** Prints mistakes, progress, and what would spoil a CSV. */
  readonly printAside: (text: string) => void;
}

/** A line, and how it is answered. */
interface TerminalRequest {
  readonly line: string;
  readonly form: OutputForm;
  readonly rowLimit: number | undefined;
  readonly signal: AbortSignal;
}

/** What the process exits with: 0 answered, 1 failed, 2 a mistake in the line. */
export type ExitCode = 0 | 1 | 2;

/** Answers one line on standard output. Never throws: a failure is printed, and shows in the exit code. */
export async function answerInTerminal(parts: TerminalParts, request: TerminalRequest): Promise<ExitCode> {
  const { form, rowLimit, signal } = request;
  try {
    const understanding = parts.understand(request.line, parts.zone);
    if ('help' in understanding) {
      parts.print(`${parts.help(understanding)}\n`);
      return 0;
    }
    const isStreamed = form === 'csv' && !isJudged(understanding);
    const rows = isStreamed ? csvRowsWanted(parts, rowLimit) : { rowLimit };
    const ended = await parts.ask(understanding, { ...rows, ...printedProgress(parts, form), signal });
    if ('answer' in ended) printAnswer(parts, form, ended.answer);
    else printReport(parts, form, ended.report);
    return 0;
  } catch (error) {
    return printFailure(parts, form, error);
  }
}

/** Rows that are judged must all be held: they cannot be printed while they come. */
function isJudged(understood: QuestionOrCommand): boolean {
  return !isCommand(understood) && understood.query.judgesAllRows;
}

type ProgressOptions = Pick<AnswerOptions, 'onScan' | 'onEvents' | 'onTurn' | 'onProgress'>;

/** So much more has come before another line says it. */
const BYTES_A_LINE = 10_000_000;

/** Prints what will be read, how many questions come first each time that changes, and each line of a report once. */
function printedProgress({ printAside }: TerminalParts, form: OutputForm): ProgressOptions {
  if (form !== 'text') return {};
  const printed = new Set<string>();
  let lastBefore = 0;
  let toSayBytes = 0;
  return {
    onScan: (scan, expected) => printAside(`${readingLine(scan, expected)}\n`),
    onEvents(fetched) {
      if (fetched.bytes < toSayBytes) return;
      printAside(`${fetchingLine(fetched)}\n`);
      toSayBytes = fetched.bytes + BYTES_A_LINE;
    },
    onTurn(before) {
      if (before > 0 && before !== lastBefore) printAside(`${waitingLine(before)}\n`);
      lastBefore = before;
    },
    onProgress({ sections }) {
      const lines = sections.flatMap((section) => section.lines ?? []).filter((line) => !printed.has(line));
      for (const line of lines) printed.add(line);
      if (lines.length > 0) printAside(`${lines.join('\n')}\n`);
    },
  };
}

function printReport({ print, prompt, width }: TerminalParts, form: OutputForm, report: Report): void {
  print(form === 'json' ? `${reportJson(report)}\n` : `${reportText(report, prompt, width)}\n`);
  if (form !== 'json' && report.file !== undefined) print(`\n${report.file.text}\n`);
}

function printAnswer(parts: TerminalParts, form: OutputForm, answer: Answer): void {
  const { print, printAside, prompt, width, paint } = parts;
  if (form === 'json') print(`${answerJson(answer)}\n`);
  else if (form === 'csv') {
    if (answer.rows.length === answer.rowCount) print(answerCsv(answer));
    printAside(
      `${printable([answer.headline, receiptLine(answer), coverageLine(answer), ...coverageDetails(answer)].join('\n'))}\n`,
    );
  } else print(`${answerText(answer, { prompt, width, paint })}\n`);
}

/** Prints what went wrong and what to do, in the form that was asked for. */
export function printFailure(
  { print, printAside, prompt, newId }: Pick<TerminalParts, 'print' | 'printAside' | 'prompt' | 'newId'>,
  form: OutputForm,
  error: unknown,
): ExitCode {
  const reference = newId();
  const words = failureWords(error, reference);
  if (form === 'json') print(`${failureJson(words)}\n`);
  else printAside(`${failureText(words, prompt)}\n`);
  if (error instanceof UserError) return 2;
  if (!(error instanceof EngineError || error instanceof CloudError || error instanceof StoreError))
    printAside(`${reference}: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

function failureText({ problem, next, correctedLine, offers = [] }: FailureWords, prompt: string): string {
  const corrected = correctedLine === undefined ? '' : `Try: ${typedLine(correctedLine, prompt)}`;
  const offered = offers.map(({ label, line }) => `  ${label}\n    ${typedLine(line, prompt)}`);
  return [problem, next, corrected, ...offered].filter((text) => text !== '').join('\n');
}

/** After a restart no one waits at the terminal: what was asked there is remembered, but not answered again. */
const PLACE = JSON.stringify({ door: 'terminal' });

/** The result of a line that did not fail. */
type TerminalEnd = Exclude<RequestResult, { readonly error: unknown }>;

/** Answers a question or a command. @throws whatever kept it from being answered. */
export type TerminalAsk = (understood: QuestionOrCommand, options: AnswerOptions) => Promise<TerminalEnd>;

/** Creates it over a record of questions and their cost; the terminal shows the answer itself. */
export function recordedTerminalAsk(
  asking: AnswerRequests,
  { newId, now }: { readonly newId: () => string; readonly now: () => Date },
): TerminalAsk {
  return async (question, options) => {
    const id = `terminal-${newId()}`;
    const where = { person: 'terminal', place: PLACE, channel: 'terminal', thread: '' };
    const isAlone = options.rowLimit !== undefined;
    const request = { id, ...where, askedAt: now(), question, isAlone };
    await asking.begin(request);
    const ends: RequestResult[] = [];
    await asking.answer(request, { ...options, isOnlyHere: true }, async (ended) => void ends.push(ended));
    const [ended] = ends;
    if (ended === undefined) throw new Error('a request has no end');
    if ('error' in ended) throw ended.error;
    return ended;
  };
}
