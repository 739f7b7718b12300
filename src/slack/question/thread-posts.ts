import type { Answer } from '../../core/answer/answer.ts';
import type { Report } from '../../core/operation/report.ts';
import { answerCsv, csvName } from '../../render/answer-csv.ts';
import type { Message } from '../../render/blocks/block.ts';
import { fileNotAttached, fileNotWritten, noteMessage } from '../../render/messages/notes.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { type AttachedFile, attachFile, type Content, textContent } from '../api/attach-file.ts';
import { postArguments, tryForms } from '../api/message-forms.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { reportFailure } from '../slack-log.ts';
import { readPlace, threadOf } from './place.ts';
import type { QuestionParts } from './question-parts.ts';

/** A thread to write into. */
export interface Thread {
  readonly channel: string;
  readonly threadTs: string;
}

type PostParts = Pick<QuestionParts, 'clients' | 'log' | 'newId'>;

/** Posts a message into a thread, in the richest form that Slack takes; returns that form. */
export async function postInThread<F extends Message>(
  forms: readonly F[],
  { channel, threadTs }: Thread,
  parts: PostParts,
): Promise<F> {
  const { form } = await tryForms(forms, (message) =>
    parts.clients.sure.chat.postMessage({ channel, ...postArguments(message, threadTs) }),
  );
  return form;
}

/**
 * Attaches the CSV with all rows: those of the file when there are more than the answer holds. When Slack does not take
 * it, or the file could not be written, the thread says so, and the answer above stands.
 */
export async function postCsv(
  answer: Answer,
  written: Content | undefined,
  thread: Thread,
  parts: PostParts,
): Promise<void> {
  const { rows, rowCount } = answer;
  const what = `CSV with all ${rowCount} rows`;
  const content = rows.length === rowCount ? textContent(answerCsv(answer)) : written;
  if (content === undefined) await orReport(say(fileNotWritten(what), thread, parts), thread, parts);
  else await postFile({ name: csvName(answer), content }, thread, parts, what);
}

/** Attaches the text of a command. */
export function postText({ name, text }: NonNullable<Report['file']>, thread: Thread, parts: PostParts) {
  return postFile({ name, content: textContent(text) }, thread, parts, `file ${name}`);
}

/** Attaches a file; when Slack does not take it the thread says so, and what stands above stays. */
async function postFile(file: AttachedFile, thread: Thread, parts: PostParts, what: string): Promise<void> {
  try {
    await attachFile(parts.clients.sure, thread.channel, thread.threadTs, file);
  } catch (error) {
    reportFailure(error, { ...thread, doing: 'attach a file' }, parts);
    const { code, needed } = slackRefusal(error) ?? { code: 'an error', needed: '' };
    await orReport(say(fileNotAttached(what, code, needed), thread, parts), thread, parts);
  }
}

function say(note: string, thread: Thread, parts: PostParts): Promise<unknown> {
  return postInThread([noteMessage(note)], thread, parts);
}

/** Waits for something that people can do without, and reports its failure instead of passing it on. */
export async function orReport(
  work: Promise<unknown>,
  thread: Partial<Thread>,
  parts: PostParts,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    reportFailure(error, { ...thread, doing: 'finish a thread' }, parts);
  }
}

/** News that nobody asked for, and the place of what they are about. */
export interface UnaskedReport {
  readonly place: string;
  readonly report: Report;
  readonly line: string;
}

/** Posts news into the thread where what they are about was asked. Never fails: what Slack does not take is reported. */
export async function tellReport(
  { place, report, line }: UnaskedReport,
  parts: Pick<QuestionParts, 'clients' | 'log' | 'newId'>,
): Promise<'told' | 'later' | 'nowhere'> {
  const read = readPlace(place);
  const threadTs = read === undefined ? undefined : threadOf(read);
  if (read === undefined || threadTs === undefined) return 'nowhere';
  const thread = { channel: read.channel, threadTs };
  try {
    await postInThread(reportForms(report, line), thread, parts);
    return 'told';
  } catch (error) {
    reportFailure(
      error,
      { ...thread, headline: report.headline, doing: 'tell what went on by itself' },
      parts,
    );
    return slackRefusal(error)?.code === 'ratelimited' ? 'later' : 'nowhere';
  }
}
