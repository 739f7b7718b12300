import { lineForm } from '../../render/slack-message/line-form.ts';
import { noteMessage } from '../../render/slack-message/note-message.ts';
import { viewArguments } from '../api/view-arguments.ts';
import { type Place, threadOf, writePlace } from '../question/place.ts';
import { reportFailure } from '../question/post/report-failure.ts';
import type { QuestionParts } from '../question/question-parts.ts';

/** Opens the form for a line; at once, because a trigger is good for three seconds. */
export async function openForm(
  line: string,
  triggerId: string,
  place: Place,
  parts: QuestionParts,
): Promise<void> {
  // Who it is will be needed when the form is sent off, which must be answered quickly.
  void parts.personOf(place.person);
  try {
    await parts.clients.hasty.views.open({
      trigger_id: triggerId,
      view: viewArguments(lineForm(line, writePlace(place))),
    });
  } catch (error) {
    reportFailure(error, { person: place.person, doing: 'open the form' }, parts);
    await tellClicker('The form could not be opened. Press again, or type the line.', place, parts);
  }
}

/** Tells the person who pressed something, and nobody else. */
export async function tellClicker(text: string, place: Place, { respond }: QuestionParts): Promise<void> {
  if (place.responseUrl !== undefined)
    await respond(place.responseUrl, noteMessage(text), {
      threadTs: place.kind === 'thread' ? threadOf(place) : undefined,
    });
}
