import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { type FilledForm, type FormFault, lineOfForm } from '../../core/line/entry-form.ts';
import type { FailureWords } from '../../render/failure.ts';
import { ENTRY_FORM } from '../../render/messages/entry-form.ts';
import { CONFIRM_FORM, helpModal, LINE_FORM } from '../../render/messages/line-form.ts';
import { viewArguments } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { admit, teamsNamed } from '../question/admission.ts';
import { blockOf, faultOf, readForm } from '../question/entry-form.ts';
import {
  type IncomingLine,
  type LineHandling,
  readAdmittedLine,
  type SlackParts,
  takeRequest,
} from '../question/handle-line.ts';
import { type Place, readPlace } from '../question/place.ts';
import { reportFailure } from '../slack-log.ts';
import { acknowledge } from './acknowledge.ts';

type FormArguments = SlackViewMiddlewareArgs<ViewSubmitAction>;
type FormReply = Parameters<FormArguments['ack']>[0];

/** The submitted form: a mistake is shown at its field, else it closes and the answer comes in the thread. */
export function onForm(parts: SlackParts) {
  return async ({ ack, view, body }: FormArguments): Promise<void> => {
    const { log } = parts.output;
    const submitted = readSubmitted(view, parts);
    if (submitted === undefined) return acknowledge(() => ack(), log);
    const incoming = {
      line: submitted.line,
      id: requestId('form', view.id),
      teams: teamsNamed(body),
      place: { ...submitted.place, person: body.user.id },
    };
    const { reply, handling } = await handleForm(incoming, submitted.form, parts);
    await acknowledge(() => ack(reply), log);
    if (handling?.kind === 'taken') await handling.answer();
  };
}

/** What a form asks for, and where its answer goes; with the form itself where it has fields for the parts of the line. */
interface SubmittedLine {
  readonly place: Place;
  readonly line: string;
  readonly form?: FilledForm;
}

/** Undefined for a form that is none of flowlog's. */
function readSubmitted(view: FormArguments['view'], { reading }: SlackParts): SubmittedLine | undefined {
  if (view.callback_id === ENTRY_FORM.callbackId) {
    const { form, place } = readForm(view, reading.catalog) ?? {};
    return form && place && { form, place, line: lineOfForm(form) };
  }
  const typed = view.state.values[LINE_FORM.blockId]?.[LINE_FORM.actionId]?.value ?? '';
  const { place, before } = readLineForm(view) ?? {};
  return place && { place, line: `${before} ${typed}`.trim() };
}

const CONFIRM_METADATA = z.object({ line: z.string(), place: z.string() });

/** Where the answer of a form of one line goes, and what comes before the words in it. */
function readLineForm({
  callback_id,
  private_metadata,
}: {
  readonly callback_id: string;
  readonly private_metadata: string;
}): { readonly place: Place; readonly before: string } | undefined {
  if (callback_id === LINE_FORM.callbackId) {
    const place = readPlace(private_metadata);
    return place && { place, before: '' };
  }
  if (callback_id !== CONFIRM_FORM.callbackId) return undefined;
  try {
    const { line, place: written } = CONFIRM_METADATA.parse(JSON.parse(private_metadata));
    const place = readPlace(written);
    return place && { place, before: line };
  } catch {
    return undefined;
  }
}

interface FormHandling {
  readonly reply: FormReply;
  readonly handling?: LineHandling;
}

async function handleForm(
  incoming: IncomingLine,
  form: FilledForm | undefined,
  parts: SlackParts,
): Promise<FormHandling> {
  const { line, teams, place } = incoming;
  const field = form === undefined ? LINE_FORM.blockId : ENTRY_FORM.entry;
  try {
    const read = await readAdmittedLine(line, { person: place.person, teams }, '', parts);
    if (read.kind === 'mistake') {
      const fault = form && (await faultOfAdmitted(form, incoming, parts));
      return {
        reply: fault === undefined ? mistakeAt(field, read.words) : at(blockOf(fault), fault.sentence),
      };
    }
    if (read.kind === 'help')
      return { reply: { response_action: 'push', view: viewArguments(helpModal(read.text)) } };
    const handling = await takeRequest(read, incoming, parts);
    return handling.kind === 'repeated'
      ? { reply: at(field, handling.message.text) }
      : { reply: undefined, handling };
  } catch (error) {
    const words = reportFailure(error, { person: place.person, line }, parts.output);
    return { reply: mistakeAt(field, words) };
  }
}

/** A person who may not ask is refused for that, and not for what they filled in. */
async function faultOfAdmitted(
  form: FilledForm,
  { place: { person }, teams }: IncomingLine,
  { admission, reading, output }: SlackParts,
): Promise<FormFault | undefined> {
  const admitted = await admit({ person, teams }, admission);
  if ('problem' in admitted) return undefined;
  return faultOf(form, { reading, zone: admitted.zone ?? 'UTC', now: output.now() });
}

function mistakeAt(field: string, { problem, next, correctedLine }: FailureWords): FormReply {
  return at(field, correctedLine === undefined ? `${problem} ${next}` : `${problem} Try: ${correctedLine}`);
}

function at(field: string, text: string): FormReply {
  return { response_action: 'errors', errors: { [field]: text.trim() } };
}
