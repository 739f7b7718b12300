import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { type Entry, queryNamed } from '../../core/line/entry.ts';
import {
  type FilledForm,
  type FormFault,
  faultIn,
  formArguments,
  lineOfForm,
} from '../../core/line/entry-form.ts';
import { formOfLine } from '../../core/line/fill-form.ts';
import { isCommand } from '../../core/operation/request.ts';
import type { Modal } from '../../render/blocks/block-types.ts';
import { ANY_VALUE, ENTRY_FORM, entryForm, type FormPreview } from '../../render/messages/entry-form.ts';
import type { LineReading } from './handle-line.ts';
import { type Place, readPlace, writePlace } from './place.ts';

/** How the lines of a form are read: for whom, and when. */
export interface FormReading {
  readonly reading: LineReading;
  readonly zone: string;
  readonly now: Date;
}

/** The modal of a form whose answer goes to a place, with the line that the form makes. */
export function modalOf(form: FilledForm, place: Place, read: FormReading): Modal {
  const { command, catalog } = read.reading;
  const metadata = JSON.stringify({ entry: form.entry.name, place: writePlace(place) });
  return entryForm({ form, catalog, prompt: `${command} `, preview: previewOf(form, read), metadata });
}

function previewOf(form: FilledForm, read: FormReading): FormPreview {
  const fault = faultOf(form, read);
  if (fault !== undefined) return { problem: fault.sentence };
  const understood = read.reading.understand(lineOfForm(form), read.zone);
  return 'help' in understood ? { problem: 'This asks for help.' } : { line: understood.line };
}

/** What is wrong in a form, and in which of its fields. */
export function faultOf(form: FilledForm, { reading, zone }: FormReading): FormFault | undefined {
  return faultIn(form, (line) => {
    try {
      reading.understand(line, zone);
      return undefined;
    } catch (error) {
      if (error instanceof UserError) return sentenceOf(error);
      throw error;
    }
  });
}

function sentenceOf({ message, correctedLine, hint }: UserError): string {
  if (correctedLine !== undefined && !/^help\b/.test(correctedLine))
    return `${message} Try: ${correctedLine}`;
  return hint === undefined ? message : `${message} ${hint}`;
}

/** The form of a line that a button carries; undefined for one that is not understood any more. */
export function formOfText(line: string, { reading, zone, now }: FormReading): FilledForm | undefined {
  try {
    const understood = reading.understand(line, zone);
    if ('help' in understood) return undefined;
    const { args } = understood;
    const entry = isCommand(understood) ? understood.operation : understood.query;
    const words = isCommand(understood)
      ? understood.window && { kind: 'between' as const, ...understood.window }
      : understood.words;
    return formOfLine({ entry, args, words }, { now, zone });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const FIELD = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
const VALUES = z.record(z.string(), z.record(z.string(), FIELD));
const METADATA = z.object({ entry: z.string(), place: z.string() });

/** A form as it came back from Slack. */
export interface ReturnedForm {
  /** With the entry that its fields are of. */
  readonly form: FilledForm;
  /** What the menu of entries is at: another entry as soon as one is chosen. */
  readonly chosen: string;
  readonly place: Place;
}

/** Reads the values of a view; undefined for another view, or one of an entry that there is no more. */
export function readForm(
  view: { readonly private_metadata: string; readonly state: { readonly values: unknown } },
  catalog: readonly Entry[],
): ReturnedForm | undefined {
  const values = VALUES.safeParse(view.state.values);
  const metadata = METADATA.safeParse(parsed(view.private_metadata));
  if (!values.success || !metadata.success) return undefined;
  const place = readPlace(metadata.data.place);
  const entry = queryNamed(metadata.data.entry, catalog);
  if (place === undefined || entry === undefined) return undefined;
  const textOf = (id: string) => {
    const field = values.data[id]?.[id];
    return field?.selected_option?.value ?? field?.value ?? '';
  };
  const given = formArguments(entry).map(([name, { choices }]) => {
    const text = textOf(`${ENTRY_FORM.argument}${name}`);
    return [name, choices !== undefined && text === ANY_VALUE ? '' : text] as const;
  });
  const form = {
    entry,
    values: Object.fromEntries(given),
    more: textOf(ENTRY_FORM.more),
    window: textOf(ENTRY_FORM.window),
  };
  return { form, chosen: textOf(ENTRY_FORM.entry), place };
}

/** The block of a field. */
export function blockOf({ field }: FormFault): string {
  return typeof field === 'string' ? ENTRY_FORM[field] : `${ENTRY_FORM.argument}${field.arg}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
