import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../render/blocks/block-types.ts';
import { failureMessage, noteMessage } from '../../render/messages/notes.ts';
import { messageArguments } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import { handleLine, type LineHandling, type SlackParts } from '../question/handle-line.ts';
import { placeOf } from '../question/place.ts';
import { reportFailure } from '../slack-log.ts';
import { acknowledge } from './acknowledge.ts';

type SlashCommand = SlackCommandMiddlewareArgs['command'];

/** `/flowlog …`: answered under a message of its own; mistakes and help go to the person alone. */
export function onCommand(parts: SlackParts) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs): Promise<void> => {
    const handling = await handleCommand(command, parts);
    const isReply = handling.kind === 'reply' || handling.kind === 'repeated';
    const reply = isReply ? privately(handling.message) : undefined;
    await acknowledge(() => ack(reply), parts.output.log);
    if (handling.kind === 'taken') await handling.answer();
  };
}

/** Never fails: Slack shows nothing but a code when a command is not acknowledged. */
async function handleCommand(slash: SlashCommand, parts: SlackParts): Promise<LineHandling> {
  const { reading, output } = parts;
  if (slash.command !== reading.command) {
    const text = `flowlog answers to ${reading.command}; it does not know ${slash.command}.`;
    return { kind: 'reply', message: noteMessage(text) };
  }
  try {
    const responseUrl = { url: slash.response_url, givenMs: output.now().getTime() };
    const incoming = {
      id: requestId('command', slash.trigger_id),
      line: slash.text,
      place: placeOf({ channel: slash.channel_id, person: slash.user_id, responseUrl }, undefined),
      teams: teamsNamed(slash),
    };
    return await handleLine(incoming, `${reading.command} `, parts);
  } catch (error) {
    const words = reportFailure(error, { person: slash.user_id, line: slash.text }, output);
    return { kind: 'reply', message: failureMessage(words, '') };
  }
}

/** An acknowledgement that only the person sees. */
function privately(message: Message) {
  return { response_type: 'ephemeral' as const, ...messageArguments(message) };
}
