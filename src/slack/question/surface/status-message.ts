import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Message } from '../../../render/blocks/block.ts';
import type { Clients } from '../../api/clients.ts';
import { messageArguments, postArguments } from '../../api/message-arguments.ts';
import { bothForms, tryForms } from '../../api/try-forms.ts';

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
