import { FIELD_NAMES, type FieldName, isField } from '../../core/flow-log/fields.ts';
import { NAMED_FORMATS } from '../../core/flow-log/formats.ts';
import type { Kind } from '../../core/line/argument.ts';
import { nearest } from '../../core/line/plain-arguments.ts';

/** Which fields a flow log writes: a format that has a name, or fields in their order. */
export type LogFormat = keyof typeof NAMED_FORMATS | readonly FieldName[];

/** A named format, or a list of fields with commas between them. */
export function logFormat(): Kind<LogFormat> {
  return {
    hint: 'useful|default|full|fields',
    about: 'useful, default, full, or fields with commas between them',
    example: 'useful',
    read: (word) => {
      const typed = word.toLowerCase();
      if (isNamed(typed)) return { value: typed };
      const fields = typed.split(',').filter((field) => field !== '');
      const unknown = fields.find((field) => !isField(field));
      if (unknown === undefined && fields.length > 0) return judged(fields.filter(isField));
      const format = fields.length > 1 ? undefined : nearest(typed, Object.keys(NAMED_FORMATS));
      return {
        problem: 'holds a field that flow logs do not have',
        instead: format ?? wholeFormat(fields.map((field) => (isField(field) ? field : meantBy(field)))),
      };
    },
    write: (value) => (typeof value === 'string' ? value : value.join(',')),
  };
}

/** Without these no question could be answered from it. */
const NEEDED: readonly FieldName[] = ['start', 'end', 'log-status'];

function judged(fields: readonly FieldName[]): ReturnType<Kind<LogFormat>['read']> {
  const missing = NEEDED.filter((field) => !fields.includes(field));
  if (new Set(fields).size < fields.length)
    return { problem: 'names a field twice', instead: wholeFormat(fields) };
  if (missing.length === 0) return { value: fields };
  return {
    problem: `lacks ${missing.join(' and ')}, without which no question can be answered`,
    instead: wholeFormat(fields),
  };
}

/** Each field once, and those that are needed. */
function wholeFormat(fields: readonly FieldName[]): string {
  return [...new Set([...fields, ...NEEDED])].join(',');
}

function meantBy(field: string): FieldName {
  const meant = nearest(field, FIELD_NAMES);
  return meant !== undefined && isField(meant) ? meant : 'srcaddr';
}

function isNamed(word: string): word is keyof typeof NAMED_FORMATS {
  return Object.hasOwn(NAMED_FORMATS, word);
}

/** The fields of a format; undefined for the default one, which AWS keeps for itself. */
export function fieldsOfLogFormat(format: LogFormat): readonly FieldName[] | undefined {
  if (format === 'default') return undefined;
  return typeof format === 'string' ? NAMED_FORMATS[format] : format;
}
