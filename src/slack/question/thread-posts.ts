import type { Answer } from '../../core/answer/answer.ts';
import type { Report } from '../../core/operation/report.ts';
import { showInteger } from '../../core/wording.ts';
import { answerCsv, csvName } from '../../render/answer-csv.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { answerForms } from '../../render/messages/answer-message.ts';
import { fileNotAttached, fileNotWritten, noteMessage } from '../../render/messages/notes.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { type AttachedFile, attachFile, type FileContent, textContent } from '../api/attach-file.ts';
import type { Clients } from '../api/clients.ts';
import { findPosted, type Mark } from '../api/find-posted.ts';
import { keepTrying, type Patience } from '../api/keep-trying.ts';
import { messageArguments, postArguments, tryForms } from '../api/message-forms.ts';
import type { ProgressPace } from '../api/progress-pace.ts';
import type { Respond } from '../api/response-url.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { type FailureLog, orReport, reportFailure } from '../slack-log.ts';
import { readPlace, threadOf } from './place.ts';

/** The ways in which the app writes into Slack. */
export interface SlackOutput extends FailureLog, Patience {
  readonly clients: Clients;
  readonly respond: Respond;
  readonly pace: ProgressPace;
  /** What the app is called where it is mentioned; known once Slack was asked. */
  readonly botName: () => string;
}

/** A thread to write into. */
export interface Thread {
  readonly channel: string;
  readonly threadTs: string;
}

type PostOutput = Pick<SlackOutput, 'clients' | 'log' | 'newId' | keyof Patience>;

/** A message that was posted: the form that Slack took, and its timestamp. */
export interface PostedForm<F extends Message> {
  readonly form: F;
  readonly ts: string | undefined;
}

/** A message that is posted once, though a connection breaks or the process is killed. */
export interface MarkedPost {
  readonly mark: Mark;
  /** It cannot have been posted before this. */
  readonly since: Date;
}

/**
 * Posts a message into a channel, or into a thread of it, in the richest form that Slack takes. One with a mark is looked for
 * before another try, where it is not known whether Slack took it.
 */
export async function postMessage<F extends Message>(
  forms: readonly F[],
  { channel, threadTs }: { readonly channel: string; readonly threadTs: string | undefined },
  output: Pick<SlackOutput, 'clients' | keyof Patience>,
  marked?: MarkedPost,
): Promise<PostedForm<F>> {
  const { patient, inTurn } = output.clients;
  const happened = async () => {
    if (marked === undefined) return undefined;
    const looked = await findPosted(marked.mark, { channel, threadTs, since: marked.since }, patient, output);
    return typeof looked === 'object' ? { ok: true, ...looked } : undefined;
  };
  const send = (message: F) => {
    const post = { channel, ...postArguments(message, threadTs, marked?.mark) };
    return keepTrying<{ readonly ts?: string }>(() => patient.chat.postMessage(post), output, happened);
  };
  const sent = () => tryForms(forms, send);
  const { form, reply } = await (threadTs === undefined ? sent() : inTurn(`${channel}/${threadTs}`, sent));
  return { form, ts: reply.ts };
}

/** Rewrites a message that was posted, in the richest form that Slack takes; returns the form. */
export async function rewritePost<F extends Message>(
  forms: readonly F[],
  { channel, ts }: { readonly channel: string; readonly ts: string },
  output: Pick<SlackOutput, 'clients' | keyof Patience>,
): Promise<F> {
  const { patient, updatesInOrder } = output.clients;
  const { form } = await tryForms(forms, (message) => {
    const update = () => patient.chat.update({ channel, ts, ...messageArguments(message) });
    return keepTrying(() => updatesInOrder(update, output.stopping), output);
  });
  return form;
}

/**
 * Attaches the CSV with all rows: those that were `written` to disk when they are more than the answer holds. When
 * Slack does not take it, or it could not be written, the thread says so, and the answer above remains.
 */
export async function postCsv(
  answer: Answer,
  written: FileContent | undefined,
  thread: Thread,
  output: PostOutput,
): Promise<void> {
  const { rows, rowCount } = answer;
  const what = `CSV with all ${showInteger(rowCount)} rows`;
  const content = rows.length === rowCount ? textContent(answerCsv(answer)) : written;
  if (content === undefined) await postThreadNote(fileNotWritten(what), thread, output);
  else await postFile({ name: csvName(answer), content }, thread, output, what);
}

/** Attaches the file of a report. */
export function postReportFile(
  { name, text }: NonNullable<Report['file']>,
  thread: Thread,
  output: PostOutput,
): Promise<void> {
  return postFile({ name, content: textContent(text) }, thread, output, `file ${name}`);
}

async function postFile(file: AttachedFile, thread: Thread, output: PostOutput, what: string): Promise<void> {
  try {
    const since = output.now();
    await attachFile(output.clients.patient, { ...thread, since }, file, output);
  } catch (error) {
    if (output.stopping.aborted) throw error;
    reportFailure(error, { ...thread, doing: 'attach a file' }, output);
    const { code, needed } = slackRefusal(error) ?? { code: 'an error', needed: '' };
    await postThreadNote(fileNotAttached(what, code, needed), thread, output);
  }
}

function postThreadNote(note: string, thread: Thread, output: PostOutput): Promise<void> {
  const posted = postMessage([noteMessage(note)], thread, output);
  return orReport(posted, { ...thread, doing: 'finish a thread' }, output);
}

/** A result of background work for a place; `line` is what was asked there. */
export type News = { readonly answer: Answer } | { readonly report: Report; readonly line: string };

/**
 * Posts news into the thread of a place: the one way by which background work writes into Slack. Never fails: `later`
 * when the app stops before Slack takes them, `nowhere` when the place is not in Slack, or Slack does not take the news,
 * which is logged.
 */
export async function tell(
  place: string,
  news: News,
  output: PostOutput,
): Promise<'posted' | 'later' | 'nowhere'> {
  const read = readPlace(place);
  const threadTs = read === undefined ? undefined : threadOf(read);
  if (read === undefined || threadTs === undefined) return 'nowhere';
  const thread = { channel: read.channel, threadTs };
  try {
    await postNews(news, thread, output);
    return 'posted';
  } catch (error) {
    if (output.stopping.aborted) return 'later';
    const { headline } = 'answer' in news ? news.answer : news.report;
    reportFailure(error, { ...thread, headline, doing: 'post news into a thread' }, output);
    return 'nowhere';
  }
}

async function postNews(news: News, thread: Thread, output: PostOutput): Promise<void> {
  if ('answer' in news) {
    const { form } = await postMessage(answerForms(news.answer, { kind: 'thread' }), thread, output);
    if (form.needsFile) await postCsv(news.answer, undefined, thread, output);
  } else {
    await postMessage(reportForms(news.report, news.line), thread, output);
    if (news.report.file !== undefined) await postReportFile(news.report.file, thread, output);
  }
}
