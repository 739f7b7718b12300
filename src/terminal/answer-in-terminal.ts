import type { Answer } from '../core/answer/answer.ts';
import type { Expected } from '../core/answer/cost/estimate.ts';
import type { AnswerOptions, Ended, RecordedAsk } from '../core/answer/recorded-ask.ts';
import { EngineError, UserError } from '../core/errors.ts';
import type { Report } from '../core/operation/report.ts';
import { CloudError } from '../core/ports/cloud/cloud-error.ts';
import type { Scan } from '../core/ports/scan.ts';
import { type HelpWanted, isCommand, type Understanding, type Understood } from '../core/question.ts';
import { answerCsv } from '../render/answer-csv.ts';
import { answerJson, failureJson, reportJson } from '../render/answer-json.ts';
import { answerText, reportText } from '../render/answer-text.ts';
import { coverageLines } from '../render/coverage-lines.ts';
import { type FailureWords, failureWords } from '../render/failure.ts';
import { readingLine, receiptLine, waitingLine } from '../render/question-lines.ts';
import { type CsvPrinter, csvRowsWanted } from './csv-output.ts';
import type { Form } from './options.ts';

/** What answering a line in a terminal needs. */
export interface TerminalParts extends CsvPrinter {
  readonly ask: TerminalAsk;
  readonly understand: (line: string, zone: string) => Understanding;
  readonly help: (wanted: HelpWanted) => string;
  readonly zone: string;
  /** Stands before lines that are offered: `flowlog `, or nothing in a prompt. */
  readonly prompt: string;
  readonly newId: () => string;
  /** Where mistakes go, and what would spoil a CSV. */
  readonly printAside: (text: string) => void;
}

/** How a line is answered. */
export interface TerminalRequest {
  readonly line: string;
  readonly form: Form;
  readonly rowLimit: number | undefined;
  readonly signal: AbortSignal;
}

/** What the process exits with: 0 answered, 1 failed, 2 a mistake in the line. */
export type ExitCode = 0 | 1 | 2;

/** Answers one line on standard output. Never throws: whatever goes wrong is said, and told by the exit code. */
export async function answerInTerminal(parts: TerminalParts, request: TerminalRequest): Promise<ExitCode> {
  try {
    const understanding = parts.understand(request.line, parts.zone);
    if ('help' in understanding) {
      parts.print(`${parts.help(understanding)}\n`);
      return 0;
    }
    const onScan = (scan: Scan, expected: Expected) =>
      request.form === 'text' && parts.printAside(`${readingLine(scan, expected)}\n`);
    const { signal } = request;
    const told = {
      onScan,
      onPlace: tellPlace(parts, request.form),
      onProgress: tellProgress(parts, request.form),
    };
    const inParts = request.form === 'csv' && !isJudged(understanding);
    const wanted = inParts ? csvRowsWanted(parts, request.rowLimit) : request;
    const ended = await parts.ask(understanding, { ...wanted, ...told, signal });
    if ('answer' in ended) printAnswer(parts, request.form, ended.answer);
    else printReport(parts, request.form, ended.report);
    return 0;
  } catch (error) {
    return printFailure(parts, request.form, error);
  }
}

/** Rows that are judged must all be held: they cannot be printed while they come. */
function isJudged(understood: Understood): boolean {
  return !isCommand(understood) && understood.query.judge !== undefined;
}

/** Tells how many questions come first, each time that changes, for as long as there are any. */
function tellPlace({ printAside }: TerminalParts, form: Form): (before: number) => void {
  let told = 0;
  return (before) => {
    if (form === 'text' && before > 0 && before !== told) printAside(`${waitingLine(before)}\n`);
    told = before;
  };
}

/** Tells each step of an operation once, as its words change. */
function tellProgress({ printAside }: TerminalParts, form: Form): (report: Report) => void {
  const told = new Set<string>();
  return ({ sections }) => {
    const lines = sections.flatMap((section) => section.lines ?? []).filter((line) => !told.has(line));
    for (const line of lines) told.add(line);
    if (form === 'text' && lines.length > 0) printAside(`${lines.join('\n')}\n`);
  };
}

function printReport({ print, prompt }: TerminalParts, form: Form, report: Report): void {
  print(form === 'json' ? `${reportJson(report)}\n` : `${reportText(report, prompt)}\n`);
  if (form !== 'json' && report.file !== undefined) print(`\n${report.file.text}\n`);
}

function printAnswer({ print, printAside, prompt }: TerminalParts, form: Form, answer: Answer): void {
  if (form === 'json') print(`${answerJson(answer)}\n`);
  else if (form === 'csv') {
    if (answer.rows.length === answer.rowCount) print(answerCsv(answer));
    printAside(`${[answer.headline, receiptLine(answer), ...coverageLines(answer)].join('\n')}\n`);
  } else print(`${answerText(answer, prompt)}\n`);
}

/** Says what went wrong and what to do, in the form that was asked for. */
export function printFailure(
  { print, printAside, prompt, newId }: Pick<TerminalParts, 'print' | 'printAside' | 'prompt' | 'newId'>,
  form: Form,
  error: unknown,
): ExitCode {
  const reference = newId();
  const words = failureWords(error, reference);
  if (form === 'json') print(`${failureJson(words)}\n`);
  else printAside(`${failureText(words, prompt)}\n`);
  if (error instanceof UserError) return 2;
  if (!(error instanceof EngineError || error instanceof CloudError))
    printAside(`${reference}: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

function failureText({ problem, next, correctedLine, offers = [] }: FailureWords, prompt: string): string {
  const corrected =
    correctedLine === undefined
      ? ''
      : `Try: ${prompt === '' ? correctedLine : `${prompt}"${correctedLine}"`}`;
  const offered = offers.map(({ label, line }) => `  ${label}\n    ${prompt}${line}`);
  return [problem, next, corrected, ...offered].filter((text) => text !== '').join('\n');
}

/** Nobody waits at a terminal after a restart: what was asked there is remembered, not answered again. */
const PLACE = JSON.stringify({ door: 'terminal' });

/** How a line ended that did not fail. */
export type TerminalEnd = Exclude<Ended, { readonly error: unknown }>;

/** Answers a question or a command. @throws whatever kept it from being answered. */
export type TerminalAsk = (understood: Understood, options: AnswerOptions) => Promise<TerminalEnd>;

/** Asks for a terminal, which shows the answer itself, and has the question and its cost written down. */
export function recordedTerminalAsk(
  asking: RecordedAsk,
  { newId, now }: { readonly newId: () => string; readonly now: () => Date },
): TerminalAsk {
  return async (question, options) => {
    const id = `terminal-${newId()}`;
    const where = { person: 'terminal', place: PLACE, channel: 'terminal', thread: '' };
    const request = { id, ...where, askedAt: now(), question };
    await asking.begin(request);
    const ends: Ended[] = [];
    await asking.answer(request, options, async (ended) => void ends.push(ended));
    const [ended] = ends;
    if (ended === undefined) throw new Error('a question ended without an end');
    if ('error' in ended) throw ended.error;
    return ended;
  };
}
