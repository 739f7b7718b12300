import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { noteMessage } from '../../render/messages/notes.ts';
import { failureMessage } from '../../render/messages/private-message.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import { type Heard, hearLine } from '../question/hear-line.ts';
import { placeOf } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { reportFailure } from '../slack-log.ts';
import { acknowledge, privately } from './acknowledge.ts';

type Command = SlackCommandMiddlewareArgs['command'];

/** `/flowlog …`: answered under a message of its own; mistakes and help go to the person alone. */
export function onCommand(parts: QuestionParts) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs): Promise<void> => {
    const heard = await hearCommand(command, parts);
    const reply = heard.kind === 'reply' || heard.kind === 'repeated' ? privately(heard.message) : undefined;
    await acknowledge(() => ack(reply), parts.log);
    if (heard.kind === 'taken') await heard.answer();
  };
}

/** Never fails: Slack shows nothing but a code when a command is not acknowledged. */
async function hearCommand(command: Command, parts: QuestionParts): Promise<Heard> {
  if (command.command !== parts.command) {
    const text = `flowlog answers to ${parts.command}; it does not know ${command.command}.`;
    return { kind: 'reply', message: noteMessage(text) };
  }
  try {
    const responseUrl = { url: command.response_url, givenMs: parts.now().getTime() };
    const place = placeOf({ channel: command.channel_id, person: command.user_id, responseUrl }, undefined);
    const said = {
      id: requestId('command', command.trigger_id),
      line: command.text,
      place,
      teams: teamsNamed(command),
    };
    return await hearLine(said, `${parts.command} `, parts);
  } catch (error) {
    const words = reportFailure(error, { person: command.user_id, line: command.text }, parts);
    return { kind: 'reply', message: failureMessage(words, '') };
  }
}
