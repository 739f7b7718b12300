import { formOfMessage } from '../../core/line/fill-form.ts';
import { readMessage } from '../../core/line/read-message.ts';
import type { Confirmation } from '../../render/blocks/buttons.ts';
import { confirmForm, lineForm } from '../../render/messages/line-form.ts';
import { admit } from '../question/admission.ts';
import { formOfText, modalOf } from '../question/entry-form.ts';
import type { SlackParts } from '../question/handle-line.ts';
import { type Place, writePlace } from '../question/place.ts';
import { textOfMessage } from './message-text.ts';
import { openModal } from './open-modal.ts';

/** What opens a form. */
export interface FormTrigger {
  readonly triggerId: string;
  /** Where the answer goes, and who asks. */
  readonly place: Place;
  /** The workspaces that the payload names. */
  readonly teams: readonly string[];
}

/** Opens the form of a line, or the line itself where it has no form. */
export async function openFormOfLine(line: string, trigger: FormTrigger, parts: SlackParts): Promise<void> {
  const { place, triggerId } = trigger;
  const read = await formReading(trigger, parts);
  const form = formOfText(line, read);
  const modal = form === undefined ? lineForm(line, writePlace(place)) : modalOf(form, place, read);
  await openModal(modal, triggerId, place, parts);
}

/** Opens the form that a message fills: what it names is in the fields, and the window begins shortly before it. */
export async function openFormOfMessage(
  message: unknown,
  sentAt: Date,
  trigger: FormTrigger,
  parts: SlackParts,
): Promise<void> {
  const { place, triggerId } = trigger;
  const [read, names] = await Promise.all([formReading(trigger, parts), parts.reading.knownNames()]);
  const { zone, now, isAdmitted } = read;
  const known = isAdmitted ? names : new Set<string>();
  const facts = readMessage(textOfMessage(message), { sentAt, zone, names: known });
  const form = formOfMessage(facts, parts.reading.catalog, { now, zone });
  await openModal(modalOf(form, place, read), triggerId, place, parts);
}

/** Opens the form for the word that confirms a line. */
export function openConfirmation(
  confirmation: Confirmation,
  { triggerId, place }: FormTrigger,
  parts: SlackParts,
): Promise<void> {
  const metadata = JSON.stringify({ line: confirmation.line, place: writePlace(place) });
  return openModal(confirmForm(confirmation, metadata), triggerId, place, parts);
}

/** Whoever may not ask is refused when the form is sent; until then it says nothing of what is here. */
async function formReading(
  { place: { person }, teams }: FormTrigger,
  { admission, reading, output }: SlackParts,
) {
  const admitted = await admit({ person, teams }, admission);
  const isAdmitted = !('problem' in admitted);
  const zone = isAdmitted ? (admitted.zone ?? 'UTC') : 'UTC';
  return { reading, zone, now: output.now(), isAdmitted };
}
