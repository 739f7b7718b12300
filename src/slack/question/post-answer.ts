import type { Answer } from '../../core/answer/answer.ts';
import type { Message } from '../../render/blocks/block.ts';
import { answerCsv } from '../../render/machine/answer-csv.ts';
import { csvName } from '../../render/machine/csv-name.ts';
import { noteMessage } from '../../render/slack-message/note-message.ts';
import { fileMissing } from '../../render/words/slack-refusal.ts';
import { attachFile, type TextFile } from '../api/attach-file.ts';
import { postArguments } from '../api/message-arguments.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { tryForms } from '../api/try-forms.ts';
import type { QuestionParts } from './question-parts.ts';
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

/** Attaches the CSV; when Slack does not take it the thread says so, and the answer above stands. */
export function postCsv(answer: Answer, thread: Thread, parts: PostParts): Promise<void> {
  const file = { name: csvName(answer), text: answerCsv(answer) };
  return postFile(file, thread, parts, `CSV with all ${answer.rows.length} rows`);
}

/** Attaches a file; when Slack does not take it the thread says so, and what stands above stays. */
export async function postFile(
  file: TextFile,
  thread: Thread,
  parts: PostParts,
  what = `file ${file.name}`,
): Promise<void> {
  try {
    await attachFile(parts.clients.sure, thread.channel, thread.threadTs, file);
  } catch (error) {
    reportFailure(error, { ...thread, doing: 'attach a file' }, parts);
    const { code, needed } = slackRefusal(error) ?? { code: 'an error', needed: '' };
    await orReport(
      postInThread([noteMessage(fileMissing(what, code, needed))], thread, parts),
      thread,
      parts,
    );
  }
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
