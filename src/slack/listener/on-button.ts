import type { SlackActionMiddlewareArgs } from '@slack/bolt';
import { ACTIONS } from '../../render/blocks/buttons.ts';
import { noteMessage } from '../../render/slack-message/note-message.ts';
import { bothForms, tryForms } from '../api/try-forms.ts';
import { admit } from '../question/admit.ts';
import { hearLine } from '../question/hear-line.ts';
import { orReport } from '../question/post/post-answer.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { requestId } from '../question/request-id.ts';
import { acknowledge } from './acknowledge.ts';
import { type Click, readClick } from './click.ts';
import { openForm, tellClicker } from './open-form.ts';
import { teamsNamed } from './teams-named.ts';

/** The buttons of flowlog's messages. One that it does not know is acknowledged: it may be of an older version. */
export function onButton(parts: QuestionParts) {
  return async ({ ack, body }: SlackActionMiddlewareArgs): Promise<void> => {
    await acknowledge(() => ack(), parts.log);
    const click = readClick(body, parts.now());
    if (click === undefined) return;
    const [action] = click.actionId.split(':');
    const teams = teamsNamed(body);
    if (action === ACTIONS.ask) await ask(click, teams, parts);
    if (action === ACTIONS.change) await openForm(click.value, click.triggerId, click.place, parts);
    if (action === ACTIONS.stop) await stop(click, teams, parts);
  };
}

async function ask(
  { messageTs, actionId, actionTs, value, place }: Click,
  teams: readonly string[],
  parts: QuestionParts,
): Promise<void> {
  const id = requestId('click', place.channel, messageTs, actionId, place.person, actionTs);
  const prompt = place.kind === 'thread' ? `@${parts.botName()} ` : `${parts.command} `;
  const heard = await hearLine({ id, line: value, place, teams }, prompt, parts);
  if (heard.kind === 'taken') await heard.answer();
  // A second press a moment after the first is no second question, and no news either.
  if (heard.kind !== 'reply' || place.responseUrl === undefined) return;
  const { responseUrl } = place;
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  await tryForms(bothForms(heard.message), (form) => parts.respond(responseUrl, form, { threadTs }));
}

/** A message that one person alone sees can only be rewritten when it is pressed: then its button goes. */
async function stop(
  { value, place, isPrivate }: Click,
  teams: readonly string[],
  parts: QuestionParts,
): Promise<void> {
  const welcome = await admit({ person: place.person, teams }, parts);
  if ('problem' in welcome) return tellClicker(`${welcome.problem} ${welcome.next}`, place, parts);
  const isStopped = parts.running.stop(value, place.person);
  const words = isStopped ? 'Stopping this question.' : 'This question is not running any more.';
  const { responseUrl } = place;
  if (isPrivate && responseUrl !== undefined)
    await orReport(parts.respond(responseUrl, noteMessage(words), { replaces: true }), {}, parts);
  else if (!isStopped) await tellClicker(words, place, parts);
}
