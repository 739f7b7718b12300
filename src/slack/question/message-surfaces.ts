import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Message } from '../../render/blocks/block.ts';
import { answerForms } from '../../render/messages/answer-message.ts';
import { answeredParent } from '../../render/messages/parent-message.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import type { Clients } from '../api/clients.ts';
import { bothForms, messageArguments, postArguments, tryForms } from '../api/message-forms.ts';
import type { Place } from './place.ts';
import type { QuestionParts } from './question-parts.ts';
import type { Surface } from './surface.ts';
import { orReport, postCsv, postInThread, postText } from './thread-posts.ts';

/** A question asked in a channel: one parent message that becomes headline and receipt, and the answer in its thread. */
export function createChannelSurface(
  place: Place & { readonly kind: 'channel' },
  parts: QuestionParts,
): Surface {
  const { channel } = place;
  const parent = createStatusMessage({ clients: parts.clients, channel, ts: place.statusTs, now: parts.now });
  let parentTs = place.statusTs;
  return {
    async open(working) {
      parentTs = await parent.open(working, undefined);
      return { ...place, statusTs: parentTs };
    },
    show: (message) => parent.show(message),
    async answer(answer, csv) {
      if (parentTs === undefined) throw new Error('an answer comes before its parent');
      const thread = { channel, threadTs: parentTs };
      const { leavesRowsOut } = await postInThread(answerForms(answer), thread, parts);
      await orReport(parent.settle(bothForms(answeredParent(answer))), thread, parts);
      if (leavesRowsOut) await postCsv(answer, csv, thread, parts);
    },
    async report(report, line) {
      await parent.settle(reportForms(report, line));
      if (report.file !== undefined && parentTs !== undefined)
        await postText(report.file, { channel, threadTs: parentTs }, parts);
    },
    async end(message) {
      await parent.settle(bothForms(message));
    },
  };
}

/** A question asked in a thread: one reply, which shows the progress and then becomes the answer. */
export function createThreadSurface(
  place: Place & { readonly kind: 'thread' },
  parts: QuestionParts,
): Surface {
  const { channel, threadTs } = place;
  const thread = { channel, threadTs };
  const reply = createStatusMessage({ clients: parts.clients, channel, ts: place.statusTs, now: parts.now });

  /** A reply that can no longer be rewritten, because somebody deleted it, is posted anew. */
  async function settle<F extends Message>(forms: readonly F[]): Promise<F> {
    try {
      return await reply.settle(forms);
    } catch {
      return postInThread(forms, thread, parts);
    }
  }

  return {
    open: async (working) => ({ ...place, statusTs: await reply.open(working, threadTs) }),
    show: (message) => reply.show(message),
    async answer(answer, csv) {
      const { leavesRowsOut } = await settle(answerForms(answer));
      if (leavesRowsOut) await postCsv(answer, csv, thread, parts);
    },
    async report(report, line) {
      await settle(reportForms(report, line));
      if (report.file !== undefined) await postText(report.file, thread, parts);
    },
    async end(message) {
      await settle(bothForms(message));
    },
  };
}

/** The one message that shows how far a question is. */
export interface StatusMessage {
  /** Posts it, or shows it again where it was posted before a restart; returns its timestamp. */
  open(message: Message, threadTs: string | undefined): Promise<string>;
  /** Rewrites it if that is quickly done; one at a time, and not while Slack asks for quiet. */
  show(message: Message): Promise<void>;
  /** Rewrites it for good, after whatever is still being shown; returns the form that Slack took. */
  settle<F extends Message>(forms: readonly F[]): Promise<F>;
}

/** What a status message needs. */
export interface StatusParts {
  readonly clients: Clients;
  readonly channel: string;
  /** Its timestamp when it was posted before. */
  readonly ts: string | undefined;
  readonly now: () => Date;
}

/** Creates the status message of one question. */
export function createStatusMessage(parts: StatusParts): StatusMessage {
  const { clients, channel, now } = parts;
  let { ts } = parts;
  let showing = Promise.resolve();
  let quietUntilMs = 0;
  let newest: Message | undefined;

  async function rewrite(message: Message): Promise<void> {
    if (ts === undefined || now().getTime() < quietUntilMs) return;
    try {
      await clients.hasty.chat.update({ channel, ts, ...messageArguments(message) });
    } catch (error) {
      // What is dropped here is followed by newer news, or by the answer.
      if (error instanceof WebAPIRateLimitedError) quietUntilMs = now().getTime() + error.retryAfter * 1000;
    }
  }

  function show(message: Message): Promise<void> {
    newest = message;
    // What is told quicker than Slack takes it is passed over, so that the end never waits behind old news.
    showing = showing.then(() => (newest === message ? rewrite(message) : undefined));
    return showing;
  }

  return {
    show,
    async open(message, threadTs) {
      if (ts === undefined) ts = await post(message, threadTs, parts);
      else await show(message);
      return ts;
    },
    async settle(forms) {
      await showing;
      const settledTs = ts;
      if (settledTs === undefined) throw new Error('a message is settled that was never opened');
      const { form } = await tryForms(forms, (message) =>
        clients.sure.chat.update({ channel, ts: settledTs, ...messageArguments(message) }),
      );
      return form;
    },
  };
}

async function post(
  message: Message,
  threadTs: string | undefined,
  { clients, channel }: StatusParts,
): Promise<string> {
  const { reply } = await tryForms(bothForms(message), (form) =>
    clients.sure.chat.postMessage({ channel, ...postArguments(form, threadTs) }),
  );
  if (reply.ts === undefined) throw new Error('Slack took a message without giving its timestamp');
  return reply.ts;
}
