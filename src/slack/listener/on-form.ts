import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { helpModal, LINE_FORM } from '../../render/slack-message/line-form.ts';
import type { FailureWords } from '../../render/words/failure.ts';
import { viewArguments } from '../api/view-arguments.ts';
import { type Heard, readLine, type SaidLine, takeQuestion } from '../question/hear-line.ts';
import { readPlace } from '../question/place.ts';
import { reportFailure } from '../question/post/report-failure.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { requestId } from '../question/request-id.ts';
import { acknowledge } from './acknowledge.ts';
import { teamsNamed } from './teams-named.ts';

type FormArguments = SlackViewMiddlewareArgs<ViewSubmitAction>;
type FormAnswer = Parameters<FormArguments['ack']>[0];

/** The form sent off: a mistake is shown at its field, else it closes and the answer comes in the thread. */
export function onForm(parts: QuestionParts) {
  return async ({ ack, view, body }: FormArguments): Promise<void> => {
    const place = readPlace(view.private_metadata);
    if (view.callback_id !== LINE_FORM.callbackId || place === undefined)
      return acknowledge(() => ack(), parts.log);
    const line = view.state.values[LINE_FORM.blockId]?.[LINE_FORM.actionId]?.value ?? '';
    const said = {
      line,
      id: requestId('form', view.id),
      teams: teamsNamed(body),
      place: { ...place, person: body.user.id },
    };
    const { answer, heard } = await hearForm(said, parts);
    await acknowledge(() => ack(answer), parts.log);
    if (heard?.kind === 'taken') await heard.answer();
  };
}

interface FormReaction {
  readonly answer: FormAnswer;
  readonly heard?: Heard;
}

async function hearForm(said: SaidLine, parts: QuestionParts): Promise<FormReaction> {
  const { line, teams, place } = said;
  try {
    const reading = await readLine(line, { person: place.person, teams }, '', parts);
    if (reading.kind === 'mistake') return { answer: complaint(reading.words) };
    if (reading.kind === 'help')
      return { answer: { response_action: 'push', view: viewArguments(helpModal(reading.text)) } };
    const heard = await takeQuestion(reading, said, parts);
    return heard.kind === 'repeated' ? { answer: atField(heard.message.text) } : { answer: undefined, heard };
  } catch (error) {
    return { answer: complaint(reportFailure(error, { person: place.person, line }, parts)) };
  }
}

function complaint({ problem, next, correctedLine }: FailureWords): FormAnswer {
  return atField(correctedLine === undefined ? `${problem} ${next}` : `${problem} Try: ${correctedLine}`);
}

function atField(text: string): FormAnswer {
  return { response_action: 'errors', errors: { [LINE_FORM.blockId]: text.trim() } };
}
