import type { Modal } from '../../render/blocks/block-types.ts';
import { noteMessage } from '../../render/messages/notes.ts';
import { viewArguments } from '../api/message-forms.ts';
import type { SlackParts } from '../question/handle-line.ts';
import type { Place } from '../question/place.ts';
import type { SlackOutput } from '../question/thread-posts.ts';
import { reportFailure } from '../slack-log.ts';

/** Opens a modal; at once, because a trigger is good for three seconds. */
export async function openModal(
  modal: Modal,
  triggerId: string,
  place: Place,
  { admission, output }: Pick<SlackParts, 'admission' | 'output'>,
): Promise<void> {
  // The submission must be answered quickly: what Slack says of the person is remembered by then.
  void admission.personOf(place.person);
  try {
    await output.clients.quick.views.open({
      trigger_id: triggerId,
      view: viewArguments(modal),
    });
  } catch (error) {
    reportFailure(error, { person: place.person, doing: 'open the form' }, output);
    await replyPrivately('The form could not be opened. Press again, or type the line.', place, output);
  }
}

/** Says something to the person who pressed a button, and to no one else. */
export async function replyPrivately(
  text: string,
  place: Place,
  { respond }: Pick<SlackOutput, 'respond'>,
): Promise<void> {
  if (place.responseUrl === undefined) return;
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  await respond(place.responseUrl, noteMessage(text), { threadTs });
}
