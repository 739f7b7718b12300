import type { Answer } from '../../../core/answer/answer.ts';
import type { Report } from '../../../core/operation/report.ts';
import type { Message } from '../../../render/blocks/block.ts';
import { answerCsv } from '../../../render/machine/answer-csv.ts';
import { csvName } from '../../../render/machine/csv-name.ts';
import { noteMessage } from '../../../render/slack-message/note-message.ts';
import { fileMissing, fileUnwritten } from '../../../render/words/slack-refusal.ts';
import { type AttachedFile, attachFile } from '../../api/attach-file.ts';
import { type Content, textContent } from '../../api/content.ts';
import { postArguments } from '../../api/message-arguments.ts';
import { slackRefusal } from '../../api/slack-refusal.ts';
import { tryForms } from '../../api/try-forms.ts';
import type { QuestionParts } from '../question-parts.ts';
import { reportFailure } from './report-failure.ts';

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
  if (content === undefined) await orReport(say(fileUnwritten(what), thread, parts), thread, parts);
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
    await orReport(say(fileMissing(what, code, needed), thread, parts), thread, parts);
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
