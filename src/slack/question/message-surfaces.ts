import type { Message } from '../../render/blocks/block-types.ts';
import { isSlackPerson } from '../../render/blocks/slack-text.ts';
import { type AnswerPlace, answerForms } from '../../render/messages/answer-message.ts';
import { rowsMessage, whyPrivate, withNote } from '../../render/messages/notes.ts';
import { answeredParent } from '../../render/messages/parent-message.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import { findPosted, type Looked } from '../api/find-posted.ts';
import { bothForms } from '../api/message-forms.ts';
import { type SlackRefusal, slackRefusal } from '../api/slack-refusal.ts';
import { orReport } from '../slack-log.ts';
import type { Place } from './place.ts';
import { createStatusMessage, type Posting } from './progress.ts';
import { createPrivateSurface, type Surface } from './surface.ts';
import {
  postCsv,
  postMessage,
  postReportFile,
  rewritePost,
  type SlackOutput,
  type Thread,
} from './thread-posts.ts';

/** The surface of a place; when Slack does not let the app write there, the rest goes to the asker alone. */
export function surfaceFor(place: Place, posting: Posting, output: SlackOutput): Surface {
  const inMessages =
    place.kind === 'channel'
      ? createChannelSurface(place, posting, output)
      : createThreadSurface(place, posting, output);
  return withFallback(inMessages, (refusal) => {
    const { channel, responseUrl } = place;
    if (responseUrl === undefined) return undefined;
    output.log.info({ channel, ...refusal }, 'answers privately');
    const why = whyPrivate({ ...refusal, channel }, output.botName());
    return createPrivateSurface(place, responseUrl, why, output);
  });
}

function withFallback(first: Surface, fallback: (refusal: SlackRefusal) => Surface | undefined): Surface {
  let current = first;
  async function attempt<T>(act: (surface: Surface) => Promise<T>): Promise<T> {
    try {
      return await act(current);
    } catch (error) {
      const refusal = slackRefusal(error);
      const next = current === first && refusal !== undefined ? fallback(refusal) : undefined;
      if (next === undefined) throw error;
      current = next;
      return act(next);
    }
  }
  return {
    open: (working) => attempt((surface) => surface.open(working)),
    show: (message) => current.show(message),
    answer: (answer, csv, slow) => attempt((surface) => surface.answer(answer, csv, slow)),
    rename: (answer) => current.rename(answer),
    rows: (answer, csv) => attempt((surface) => surface.rows(answer, csv)),
    report: (report, line) => attempt((surface) => surface.report(report, line)),
    end: (message) => attempt((surface) => surface.end(message)),
  };
}

const MAY_BE_BELOW = 'flowlog was restarted while it posted the rows. Where they are not below, ask again.';

/** For a request in a channel: one parent message that becomes headline and receipt, and the answer in its thread. */
function createChannelSurface(
  place: Place & { readonly kind: 'channel' },
  posting: Posting,
  output: SlackOutput,
): Surface {
  const { channel, person } = place;
  const parent = createStatusMessage(place, posting, output);
  const marked = { mark: { request: posting.request, part: 'answer' }, since: posting.askedAt } as const;
  let parentTs = place.statusTs;
  let reply: { readonly ts: string; readonly place: AnswerPlace } | undefined;

  function threadUnder(ts: string | undefined): Thread {
    if (ts === undefined) throw new Error('an answer comes before its parent');
    return { channel, threadTs: ts };
  }

  /** What the parent cannot say is said below it. */
  async function isSettled(settling: Promise<unknown>, thread: Thread): Promise<boolean> {
    let isDone = false;
    const done = settling.then(() => {
      isDone = true;
    });
    await orReport(done, { ...thread, doing: 'finish a thread' }, output);
    // It is finished after the next start.
    if (!isDone) output.stopping.throwIfAborted();
    return isDone;
  }

  /** Where a process that ended was about to post the answer, it may be there. */
  async function lookForAnswer(thread: Thread): Promise<Looked> {
    if (place.posting !== 'answer') return 'not there';
    return findPosted(marked.mark, { ...thread, since: marked.since }, output.clients.patient, output);
  }

  return {
    async open(working) {
      parentTs = await parent.open(working, undefined);
      return { ...place, statusTs: parentTs };
    },
    show: (message) => parent.show(message),
    async answer(answer, csv, slow) {
      const thread = threadUnder(parentTs);
      const call = slow && isSlackPerson(person) ? person : undefined;
      const looked = await lookForAnswer(thread);
      const headline = answeredParent(answer, person);
      const said = looked === 'unknown' ? withNote(headline, MAY_BE_BELOW) : headline;
      const isSaid = await isSettled(parent.settle(bothForms(said)), thread);
      // The finding is said once. Its table, which may be there already, is not repeated.
      if (looked === 'unknown' && isSaid) return;
      const kind = isSaid ? 'reply' : 'thread';
      const shown = { kind, call, person } as const;
      const forms = answerForms(answer, shown);
      if (typeof looked === 'object') {
        reply = { ts: looked.ts, place: shown };
        const { needsFile } = await rewritePost(forms, { channel, ts: looked.ts }, output);
        // The file may be there too, which nothing shows: twice is better than not at all.
        if (needsFile) await postCsv(answer, csv, thread, output);
        return;
      }
      await posting.noteAnswer();
      const { form, ts } = await postMessage(forms, thread, output, marked);
      if (ts !== undefined) reply = { ts, place: shown };
      if (form.needsFile) await postCsv(answer, csv, thread, output);
    },
    async rename(answer) {
      if (reply === undefined) return;
      if (reply.place.kind === 'reply') await parent.settle(bothForms(answeredParent(answer, person)));
      await rewritePost(answerForms(answer, reply.place), { channel, ts: reply.ts }, output);
    },
    async rows(answer, csv) {
      const thread = threadUnder(parentTs);
      await isSettled(parent.settle(bothForms(rowsMessage(answer))), thread);
      await postCsv(answer, csv, thread, output);
    },
    async report(report, line) {
      await parent.settle(reportForms(report, line));
      if (report.file !== undefined && parentTs !== undefined)
        await postReportFile(report.file, { channel, threadTs: parentTs }, output);
    },
    async end(message) {
      await parent.settle(bothForms(message));
    },
  };
}

/** For a request in a thread: one reply, which shows the progress and then becomes the answer. */
function createThreadSurface(
  place: Place & { readonly kind: 'thread' },
  posting: Posting,
  output: SlackOutput,
): Surface {
  const { channel, threadTs } = place;
  const thread = { channel, threadTs };
  const reply = createStatusMessage(place, posting, output);
  let settledTs = place.statusTs;

  /** A reply that can no longer be rewritten, because a person deleted it, is posted anew. */
  async function settle<F extends Message>(forms: readonly F[]): Promise<F> {
    try {
      return await reply.settle(forms);
    } catch {
      output.stopping.throwIfAborted();
      const { form, ts } = await postMessage(forms, thread, output);
      settledTs = ts;
      return form;
    }
  }

  return {
    async open(working) {
      settledTs = await reply.open(working, threadTs);
      return { ...place, statusTs: settledTs };
    },
    show: (message) => reply.show(message),
    async answer(answer, csv) {
      const { needsFile } = await settle(answerForms(answer, { kind: 'thread', person: place.person }));
      if (needsFile) await postCsv(answer, csv, thread, output);
    },
    async rename(answer) {
      if (settledTs === undefined) return;
      const forms = answerForms(answer, { kind: 'thread', person: place.person });
      await rewritePost(forms, { channel, ts: settledTs }, output);
    },
    async rows(answer, csv) {
      await settle(bothForms(rowsMessage(answer)));
      await postCsv(answer, csv, thread, output);
    },
    async report(report, line) {
      await settle(reportForms(report, line));
      if (report.file !== undefined) await postReportFile(report.file, thread, output);
    },
    async end(message) {
      await settle(bothForms(message));
    },
  };
}
