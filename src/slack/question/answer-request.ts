import type { Places } from '../../core/answer/places.ts';
import { LEASE_LASTS_MS } from '../../core/answer/store.ts';
import { Interrupted, type QueueAmounts, StoppedBy, TakenOver } from '../../core/answer/turns.ts';
import type {
  AnswerOptions,
  AnswerRequests,
  Deliver,
  RequestResult,
  UserRequest,
} from '../../core/operation/answer-requests.ts';
import type { Report } from '../../core/operation/report.ts';
import { isCommand, type QuestionOrCommand } from '../../core/operation/request.ts';
import { absoluteLine, type Question } from '../../core/query/question.ts';
import {
  failedParent,
  pausedParent,
  type RequestStatus,
  stoppedParent,
  workingParent,
} from '../../render/messages/parent-message.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { orReport, reportFailure } from '../slack-log.ts';
import { type CsvFile, createCsvFile } from './csv-file.ts';
import { showLateNames } from './late-names.ts';
import { surfaceFor } from './message-surfaces.ts';
import { type Place, threadKey, writePlace } from './place.ts';
import { createPlanMessage } from './plan-message.ts';
import { type Progress, startProgress } from './progress.ts';
import { type RecentRequests, type RunningRequests, recentKey } from './running.ts';
import type { Surface } from './surface.ts';
import type { SlackOutput } from './thread-posts.ts';

/** A request that was begun, with the place of its answer. */
export interface PlacedRequest {
  readonly request: UserRequest;
  readonly place: Place;
  /** Whether it was begun by a process that ended. */
  readonly isResumed?: boolean;
}

/** What answers requests, and keeps track of them. */
export interface Answering {
  readonly asking: AnswerRequests;
  readonly running: RunningRequests;
  readonly recent: RecentRequests;
  /** How many questions of a person may wait or run at once; undefined for as many as they like. */
  readonly questionsAPerson?: number | undefined;
  /** Places for questions, and for commands. */
  readonly places: Readonly<Record<'questions' | 'commands', Places>>;
  /** How many questions run and wait. */
  readonly queue: () => QueueAmounts;
  /** Where the rows of long answers are kept while they are attached; made when it is missing. */
  readonly csvFolder: string;
}

/** A request that is shown in its place, and can be stopped. */
interface OpenRequest extends Omit<PlacedRequest, 'place'> {
  readonly surface: Surface;
  readonly signal: AbortSignal;
  /** Where it is shown by now. */
  place: Place;
  /** What is asked: the question of the request, once its names became addresses. */
  asked: QuestionOrCommand;
}

/**
 * Answers a request that was begun: opens its place, asks, and shows the answer or why there is none. The same way
 * for every listener, and after a restart.
 */
export function answerRequest(
  placed: PlacedRequest,
  answering: Answering,
  output: SlackOutput,
): Promise<void> {
  const { request, place, isResumed = false } = placed;
  const { id, askedAt, question } = request;
  return answering.running.run(id, async (signal) => {
    const noteAnswer = async () => {
      if (!(await isStillOurs(open, answering, output))) throw new TakenOver();
      await moveTo({ ...open.place, posting: 'answer' }, open, answering);
    };
    const surface = surfaceFor(place, { request: id, askedAt, isResumed, noteAnswer }, output);
    const open: OpenRequest = { request, place, isResumed, surface, signal, asked: question };
    try {
      if (!(await isStillOurs(open, answering, output))) return;
      await openPlace(open, answering);
      await (isCommand(question) ? answerCommand : answerQuestion)(open, answering, output);
    } catch (error) {
      // What Slack did not take before the app stopped is said after the next start, or by the process that took it over.
      if (!(error instanceof Interrupted)) throw error;
    }
  });
}

/** Between taking a request on, showing it and posting its answer, a process can stand still for so long that another one has it. */
async function isStillOurs(open: OpenRequest, { asking }: Answering, { now }: SlackOutput): Promise<boolean> {
  const { id, askedAt } = open.request;
  const isNew = now().getTime() - askedAt.getTime() < LEASE_LASTS_MS / 2;
  return isNew || asking.isHeld(id);
}

/** Writes down where the request is now, so that it is found there after a restart. */
async function moveTo(place: Place, open: OpenRequest, { asking }: Answering): Promise<void> {
  open.place = place;
  await asking.moveTo(open.request.id, writePlace(place), threadKey(place));
}

/** A request whose place cannot be opened at all is ended: the answer could not be shown. */
async function openPlace(open: OpenRequest, answering: Answering): Promise<void> {
  const { request, place, surface, signal } = open;
  const { id, question } = request;
  const { asking, recent } = answering;
  try {
    const opened = await surface.open(workingParent(question, firstStatus(question, answering), 0, id));
    recent.remember(recentKey(question, place), { id, place: opened });
    await moveTo(opened, open, answering);
  } catch (error) {
    recent.forget(recentKey(question, place));
    if (!signal.aborted) await asking.abandon(id);
    throw error;
  }
}

/** A question sees from the first how many come before it: later messages may be held back. */
function firstStatus(question: QuestionOrCommand, { queue }: Pick<Answering, 'queue'>): RequestStatus {
  return isCommand(question) ? {} : { before: queue().waiting };
}

/** Who waited longer for an answer looks at something else by then, and is called. */
const SLOW_MS = 5_000;

/** Rows that are judged go into no file while they come: all of them are held. */
function allRowsOf(question: QuestionOrCommand): Pick<AnswerOptions, 'rowLimit'> {
  if (isCommand(question) || !question.query.judgesAllRows) return {};
  return { rowLimit: question.query.judgedRows ?? question.query.limit };
}

/** A question shows what it reads and for how long. All of its rows are in a file, which is attached when it is asked for. */
async function answerQuestion(open: OpenRequest, answering: Answering, output: SlackOutput): Promise<void> {
  const { request, surface, signal } = open;
  const progress = progressOf(open, answering, output);
  const file = csvFileFor(request, answering, output);
  const wantsRows = open.place.wants === 'rows';
  const names = showLateNames(
    { surface, running: answering.running, facts: () => factsOf(open) },
    request.id,
    output,
  );
  const onResolved = async (question: Question) => {
    open.asked = question;
    await moveTo({ ...open.place, resolvedLine: absoluteLine(question) }, open, answering);
  };
  const options = {
    signal,
    isResumed: open.isResumed === true,
    file,
    onResolved,
    onScan: progress.scanned,
    onEvents: progress.fetching,
    onTurn: progress.waiting,
    onTakenOver: () => leave(open, progress, output),
    ...(wantsRows ? allRowsOf(request.question) : { onLateNames: names.came }),
  };
  const startedMs = output.now().getTime();
  const deliver = deliverTo(open, progress, answering, output, async (ended) => {
    if (!('answer' in ended)) throw new Error('a question ended with a report');
    const isSlow = output.now().getTime() - startedMs > SLOW_MS;
    if (wantsRows) await surface.rows(ended.answer, file.content());
    else await surface.answer(ended.answer, file.content(), isSlow);
    names.answerShown();
  });
  try {
    await answering.asking.answer(request, options, deliver);
  } finally {
    await file.close();
  }
}

/** A command shows its own report as it goes on, and rewrites the message of the plan that it is about. */
async function answerCommand(open: OpenRequest, answering: Answering, output: SlackOutput): Promise<void> {
  const { request, place, surface, signal } = open;
  const { id, question } = request;
  const progress = progressOf(open, answering, output);
  const plan = createPlanMessage(answering.asking, output);
  const onProgress = (report: Report) => {
    progress.stop();
    void plan.settle(report.plan);
    const [form] = reportForms(report, question.line, id);
    if (form !== undefined) void surface.show(form);
  };
  const deliver = deliverTo(open, progress, answering, output, async (ended) => {
    if (!('report' in ended)) throw new Error('a command ended with an answer');
    answering.recent.forget(recentKey(question, place));
    await surface.report(ended.report, question.line);
  });
  const onTakenOver = () => leave(open, progress, output);
  await answering.asking.answer(request, { signal, onProgress, onTakenOver }, async (ended) => {
    await deliver(ended);
    if ('report' in ended) await plan.settle(ended.report.plan);
  });
}

/** Shows nothing more: another process does. */
function leave(open: OpenRequest, progress: Progress, { log }: SlackOutput): void {
  progress.stop();
  log.warn(factsOf(open), 'another process took this over, because this one stood still for too long');
}

function progressOf(open: OpenRequest, answering: Answering, { now }: SlackOutput): Progress {
  const { request, surface } = open;
  const show = async (status: RequestStatus, elapsedMs: number) => {
    // Nothing is shown over the answer of another process.
    if (await answering.asking.isHeld(request.id))
      await surface.show(workingParent(open.asked, status, elapsedMs, request.id));
  };
  return startProgress(show, now, firstStatus(request.question, answering));
}

function csvFileFor({ id }: UserRequest, { csvFolder }: Answering, { newId, log }: SlackOutput): CsvFile {
  const onError = (error: unknown) =>
    log.error({ id, error: String(error) }, 'the rows could not be written to disk');
  return createCsvFile({ folder: csvFolder, newId, onError });
}

type Success = Exclude<RequestResult, { readonly error: unknown }>;

/** How a request ends in its place: with what `show` shows, or with why there is nothing to show. */
function deliverTo(
  open: OpenRequest,
  progress: Progress,
  answering: Answering,
  output: SlackOutput,
  show: (ended: Success) => Promise<void>,
): Deliver {
  const { surface } = open;
  return async (ended) => {
    progress.stop();
    try {
      await ('error' in ended ? showWhyNot(ended, open, answering, output) : show(ended));
    } catch (error) {
      output.stopping.throwIfAborted();
      if (error instanceof TakenOver) {
        leave(open, progress, output);
        throw error;
      }
      // A request whose end cannot be shown, by a fault of ours, must not look as if it were still worked on.
      const words = reportFailure(error, { ...factsOf(open), doing: 'show the answer' }, output);
      const ended = surface.end(failedParent(open.asked, words));
      await orReport(ended, { ...factsOf(open), doing: 'say that there is no answer' }, output);
      // It has ended also where Slack refuses to show that: after a restart it would refuse it again.
      output.stopping.throwIfAborted();
    }
  };
}

async function showWhyNot(
  { error, isPaused }: Exclude<RequestResult, Success>,
  open: OpenRequest,
  { recent }: Answering,
  output: SlackOutput,
): Promise<void> {
  const { request, place, surface, signal, asked } = open;
  const reason: unknown = signal.reason;
  if (isPaused) return surface.show(pausedParent(asked));
  recent.forget(recentKey(request.question, place));
  if (reason instanceof StoppedBy) return surface.end(stoppedParent(asked, reason.person));
  const words = reportFailure(error, factsOf(open), output);
  return surface.end(failedParent(asked, words));
}

/** What the log says of a request. Its line may name addresses: the store has it, by the id. */
function factsOf({ request: { id, person } }: OpenRequest): Readonly<Record<string, unknown>> {
  return { id, person };
}
