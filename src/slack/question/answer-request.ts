import type { Answer } from '../../core/answer/answer.ts';
import type { AskRequest, Ended } from '../../core/answer/recorded-ask.ts';
import { Interrupted } from '../../core/answer/turn/interrupted.ts';
import type { Report } from '../../core/operation/report.ts';
import {
  failedParent,
  pausedParent,
  stoppedParent,
  workingParent,
} from '../../render/messages/parent-message.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { reportFailure } from '../slack-log.ts';
import { type CsvFile, createCsvFile } from './csv-file.ts';
import { type Place, threadKey, writePlace } from './place.ts';
import { createPlanMessage, type PlanMessage } from './plan-message.ts';
import { startProgress } from './progress.ts';
import type { QuestionParts } from './question-parts.ts';
import { askedKey, StoppedBy } from './running.ts';
import { type Surface, surfaceFor } from './surface.ts';

/** A question that was begun, with the place where its answer goes. */
export interface PlacedRequest {
  readonly request: AskRequest;
  readonly place: Place;
}

/**
 * Answers a question that was begun: opens its place, asks, and shows the answer or why there is none. The same way
 * for every door, and after a restart.
 */
export function answerQuestion({ request, place }: PlacedRequest, parts: QuestionParts): Promise<void> {
  return parts.running.run(request.id, async (signal) => {
    const surface = surfaceFor(place, parts);
    await open(surface, { request, place }, signal, parts);
    const plan = createPlanMessage(parts);
    const { stop, ...told } = progressOn(surface, plan, request, parts);
    const file = csvFileFor(request, parts);
    try {
      await parts.asking.answer(request, { signal, file, ...told }, async (ended) => {
        stop();
        const show = showOf(ended, signal, { request, place }, file, parts);
        await orSayWhy(show(surface), surface, request, parts);
        if ('report' in ended) await plan.settle(ended.report.plan);
      });
    } finally {
      await file.close();
    }
  });
}

function csvFileFor({ id, question }: AskRequest, { csvFolder, newId, log }: QuestionParts): CsvFile {
  const onError = (error: unknown) =>
    log.error({ id, line: question.line, error: String(error) }, 'the rows could not be written to disk');
  return createCsvFile({ folder: csvFolder, newId, onError });
}

/** An answer that cannot be shown, by a fault of ours, must not look as if it were still worked on. */
async function orSayWhy(
  shown: Promise<void>,
  surface: Surface,
  request: AskRequest,
  parts: QuestionParts,
): Promise<void> {
  try {
    await shown;
  } catch (error) {
    const { id, person, question } = request;
    const words = reportFailure(error, { id, person, line: question.line, doing: 'show the answer' }, parts);
    await surface.end(failedParent(question, words));
  }
}

type Show = (surface: Surface) => Promise<void>;

/** A question whose place cannot be opened at all is ended: nobody would see the answer. */
async function open(
  surface: Surface,
  { request, place }: PlacedRequest,
  signal: AbortSignal,
  parts: QuestionParts,
): Promise<void> {
  try {
    const opened = await surface.open(workingParent(request.question, {}, 0, request.id));
    parts.askedLately.remember(askedKey(request.question, place), { id: request.id, place: opened });
    await parts.asking.moveTo(request.id, writePlace(opened), threadKey(opened));
  } catch (error) {
    parts.askedLately.forget(askedKey(request.question, place));
    if (!signal.aborted) await parts.asking.abandon(request.id);
    throw error;
  }
}

/** A question tells what it reads and for how long; a command tells by its own report, once it has one. */
function progressOn(
  surface: Surface,
  plan: PlanMessage,
  { question, id }: AskRequest,
  { now }: QuestionParts,
) {
  const progress = startProgress(
    (doing, elapsedMs) => surface.show(workingParent(question, doing, elapsedMs, id)),
    now,
  );
  return {
    onScan: progress.scanned,
    onPlace: progress.placed,
    onProgress: (report: Report) => {
      progress.stop();
      void plan.settle(report.plan);
      const [form] = reportForms(report, question.line, id);
      if (form !== undefined) void surface.show(form);
    },
    stop: progress.stop,
  };
}

function showOf(
  ended: Ended,
  signal: AbortSignal,
  placed: PlacedRequest,
  file: CsvFile,
  parts: QuestionParts,
): Show {
  if ('answer' in ended) return showing(ended.answer, file, placed.request, parts);
  if ('error' in ended) return ending(ended.error, signal, placed, parts);
  const { id, person, question } = placed.request;
  parts.log.info({ id, person, line: question.line, headline: ended.report.headline }, 'reported');
  parts.askedLately.forget(askedKey(question, placed.place));
  return (surface) => surface.report(ended.report, question.line);
}

function showing(answer: Answer, file: CsvFile, { id, person }: AskRequest, { log }: QuestionParts): Show {
  const { question, run, cost, rowCount: rows } = answer;
  const { scannedBytes, elapsedMs } = run;
  log.info({ id, person, line: question.line, rows, scannedBytes, elapsedMs, ...cost }, 'answered');
  return (surface) => surface.answer(answer, file.content());
}

function ending(
  error: unknown,
  signal: AbortSignal,
  { request, place }: PlacedRequest,
  parts: QuestionParts,
): Show {
  const { id, person, question } = request;
  const reason: unknown = signal.reason;
  if (reason instanceof Interrupted) return (surface) => surface.show(pausedParent(question));
  parts.askedLately.forget(askedKey(question, place));
  if (reason instanceof StoppedBy) {
    parts.log.info({ id, person, line: question.line, by: reason.person }, 'stopped');
    return (surface) => surface.end(stoppedParent(question, reason.person));
  }
  const words = reportFailure(error, { id, person, line: question.line }, parts);
  return (surface) => surface.end(failedParent(question, words));
}
