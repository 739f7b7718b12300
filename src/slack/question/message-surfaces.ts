import type { Answer } from '../../core/answer/answer.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { isSlackPerson } from '../../render/blocks/slack-text.ts';
import { type AnswerPlace, answerForms } from '../../render/messages/answer-message.ts';
import { noteMessage, rowsMessage, whyPrivate, withNote } from '../../render/messages/notes.ts';
import { answeredParent } from '../../render/messages/parent-message.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import type { FileContent } from '../api/attach-file.ts';
import { findPosted, type Looked } from '../api/find-posted.ts';
import { endedWithin } from '../api/keep-trying.ts';
import { bothForms } from '../api/message-forms.ts';
import { type SlackRefusal, slackRefusal } from '../api/slack-refusal.ts';
import { SLACK_TIMES } from '../api/times.ts';
import { orReport } from '../slack-log.ts';
import type { Place } from './place.ts';
import { createStatusMessage, type Posting } from './progress.ts';
import { createDirectSurface, createPrivateSurface, type Surface } from './surface.ts';
import {
  postCsv,
  postMessage,
  postReportFile,
  rewritePost,
  type SlackOutput,
  type Thread,
} from './thread-posts.ts';

/**
 * The surface of a place; when Slack does not let the app write there, the rest goes to the asker alone: by the address
 * that Slack gave out for that, and where there is none, or it is not good any more, in the messages with the asker.
 */
export function surfaceFor(place: Place, posting: Posting, output: SlackOutput): Surface {
  const { channel, person, responseUrl } = place;
  const inMessages =
    place.kind === 'channel'
      ? createChannelSurface(place, posting, output)
      : createThreadSurface(place, posting, output);
  return withFallbacks(inMessages, (refusal) => {
    // A channel without the app is usual; a scope that is missing is for an operator to add.
    if (refusal.needed !== '')
      output.log.warn({ channel, ...refusal }, 'answers privately, because the bot lacks a scope');
    const why = whyPrivate({ ...refusal, channel }, output.botName());
    const isDirect = channel.startsWith('D');
    return [
      ...(responseUrl === undefined ? [] : [createPrivateSurface(place, responseUrl, why, output)]),
      ...(isDirect || !isSlackPerson(person) ? [] : [createDirectSurface(place, why, output)]),
    ];
  });
}

/** The surface of a place in messages, whose own message can say that the answer went elsewhere. */
interface MessageSurface extends Surface {
  /** Never fails. */
  goesElsewhere(): Promise<void>;
}

function withFallbacks(
  first: MessageSurface,
  fallbacks: (refusal: SlackRefusal) => readonly Surface[],
): Surface {
  let current: Surface = first;
  let left: readonly Surface[] | undefined;
  async function attempt<T>(act: (surface: Surface) => Promise<T>): Promise<T> {
    try {
      return await act(current);
    } catch (error) {
      const refusal = slackRefusal(error);
      if (refusal === undefined) throw error;
      const [next, ...others] = left ?? fallbacks(refusal);
      if (next === undefined) throw error;
      current = next;
      left = others;
      return attempt(act);
    }
  }
  /** The last that is shown, here or elsewhere. */
  async function finish(act: (surface: Surface) => Promise<void>): Promise<void> {
    await attempt(act);
    if (current !== first) await first.goesElsewhere();
  }
  return {
    open: (working) => attempt((surface) => surface.open(working)),
    show: (message) => current.show(message),
    answer: (answer, csv, slow) => finish((surface) => surface.answer(answer, csv, slow)),
    rename: (answer) => current.rename(answer),
    rows: (answer, csv) => finish((surface) => surface.rows(answer, csv)),
    report: (report, line) => finish((surface) => surface.report(report, line)),
    end: (message) => finish((surface) => surface.end(message)),
  };
}

/** Rewrites the message of a request whose answer its asker got alone: it must not look as if it were worked on. */
async function settleElsewhere(
  { channel, person }: Place,
  said: Message | undefined,
  settle: (forms: readonly Message[]) => Promise<unknown>,
  output: SlackOutput,
): Promise<void> {
  const message = said === undefined ? noteMessage(SENT_ALONE) : withNote(said, SENT_ALONE);
  await orReport(
    settle(bothForms(message)),
    { channel, person, doing: 'say that an answer went elsewhere' },
    output,
  );
}

const SENT_ALONE = 'flowlog could not post the answer here, and sent it to who asked alone.';

const MAY_BE_BELOW = 'flowlog was restarted while it posted the rows. Where they are not below, ask again.';

/** For a request in a channel: one parent message that becomes headline and receipt, and the answer in its thread. */
function createChannelSurface(
  place: Place & { readonly kind: 'channel' },
  posting: Posting,
  output: SlackOutput,
): MessageSurface {
  const { channel, person } = place;
  const parent = createStatusMessage(place, posting, output);
  const marked = { mark: { request: posting.request, part: 'answer' }, since: posting.askedAt } as const;
  let parentTs = place.statusTs;
  let reply: { readonly ts: string; readonly place: AnswerPlace } | undefined;
  let shownHeadline: Message | undefined;
  const { headlineMs } = output.times ?? SLACK_TIMES;

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

  async function showBelow(
    answer: Answer,
    csv: FileContent | undefined,
    looked: Looked,
    shown: AnswerPlace,
  ): Promise<void> {
    const thread = threadUnder(parentTs);
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
      const settling = isSettled(parent.settle(bothForms(said)), thread).then((isDone) => {
        if (isDone) shownHeadline = said;
        return isDone;
      });
      // Where it fails, that is thrown where it is awaited, below.
      settling.catch(() => undefined);
      // Slack takes more posts than updates: where it takes no more of those for now, the answer says the finding too.
      const isSaid = await (looked === 'unknown' ? settling : endedWithin(headlineMs, settling, output));
      // The finding is said once. Its table, which may be there already, is not repeated.
      if (looked === 'unknown' && isSaid) return;
      await showBelow(answer, csv, looked, { kind: isSaid ? 'reply' : 'thread', call, person });
      await settling;
    },
    async rename(answer) {
      if (reply === undefined) return;
      if (shownHeadline !== undefined) await parent.settle(bothForms(answeredParent(answer, person)));
      await rewritePost(answerForms(answer, reply.place), { channel, ts: reply.ts }, output);
    },
    async rows(answer, csv) {
      const thread = threadUnder(parentTs);
      await isSettled(parent.settle(bothForms(rowsMessage(answer))), thread);
      await postCsv(answer, csv, thread, output);
    },
    async report(report, line) {
      await parent.settle(reportForms(report, line), true);
      if (report.file !== undefined && parentTs !== undefined)
        await postReportFile(report.file, { channel, threadTs: parentTs }, output);
    },
    async end(message) {
      await parent.settle(bothForms(message));
    },
    async goesElsewhere() {
      if (parentTs !== undefined)
        await settleElsewhere(place, shownHeadline, (forms) => parent.settle(forms), output);
    },
  };
}

/** For a request in a thread: one reply, which shows the progress and then becomes the answer. */
function createThreadSurface(
  place: Place & { readonly kind: 'thread' },
  posting: Posting,
  output: SlackOutput,
): MessageSurface {
  const { channel, threadTs } = place;
  const thread = { channel, threadTs };
  const reply = createStatusMessage(place, posting, output);
  let openedTs = place.statusTs;
  let postedAnewTs: string | undefined;

  /** A reply that can no longer be rewritten, because a person deleted it, is posted anew. */
  async function settle<F extends Message>(forms: readonly F[], isLive?: boolean): Promise<F> {
    try {
      return await reply.settle(forms, isLive);
    } catch {
      output.stopping.throwIfAborted();
      const { form, ts } = await postMessage(forms, thread, output);
      postedAnewTs = ts;
      return form;
    }
  }

  return {
    async open(working) {
      openedTs = await reply.open(working, threadTs);
      return { ...place, statusTs: openedTs };
    },
    show: (message) => reply.show(message),
    async answer(answer, csv) {
      const { needsFile } = await settle(answerForms(answer, { kind: 'thread', person: place.person }));
      if (needsFile) await postCsv(answer, csv, thread, output);
    },
    async rename(answer) {
      const forms = answerForms(answer, { kind: 'thread', person: place.person });
      await (postedAnewTs === undefined
        ? reply.settle(forms)
        : rewritePost(forms, { channel, ts: postedAnewTs }, output));
    },
    async rows(answer, csv) {
      await settle(bothForms(rowsMessage(answer)));
      await postCsv(answer, csv, thread, output);
    },
    async report(report, line) {
      await settle(reportForms(report, line), true);
      if (report.file !== undefined) await postReportFile(report.file, thread, output);
    },
    async end(message) {
      await settle(bothForms(message));
    },
    async goesElsewhere() {
      if (openedTs !== undefined)
        await settleElsewhere(place, undefined, (forms) => reply.settle(forms), output);
    },
  };
}
