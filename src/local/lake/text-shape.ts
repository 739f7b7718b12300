import { columnName, DEFAULT_FORMAT, isField } from '../../core/flow-log/fields.ts';
import { refuseFields } from './refuse-fields.ts';
import type { Shape } from './shape.ts';

const EXPORT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
/** Fewer known names than this and a first line is prose, not a header. */
const FEWEST_KNOWN = 3;

/** All of a shape that the first line tells. */
export type TextShape = Omit<Shape, 'newestEnd'>;

/** The fields whose every value is known, so that half a word shows. */
const WHOLE_WORDS: Readonly<Record<string, RegExp>> = {
  'log-status': /^(OK|NODATA|SKIPDATA)$/,
  action: /^(ACCEPT|REJECT|-)$/,
  'flow-direction': /^(ingress|egress|-)$/,
};

/**
 * Tells from the first line of a text file how to read it: a header of field names in any order, the default
 * format without a header, or CloudWatch's export with its time in front. Returns why not for anything else.
 */
export function textShape(firstLine: string): TextShape | string {
  const words = firstLine.trim().split(/\s+/);
  if (words.filter(isHeaderWord).length >= FEWEST_KNOWN) return headed(words);
  const exported = EXPORT_TIME.test(words[0] ?? '');
  const record = exported ? words.slice(1) : words;
  if (!isDefaultRecord(record)) return `is not a flow log: it begins with ${quote(firstLine)}`;
  return { format: 'text', fields: DEFAULT_FORMAT, columns: DEFAULT_FORMAT, header: false, exported };
}

/** Whether the last word of a file without a final newline is surely not the first half of a longer one. */
export function isWholeWord(field: string, word: string): boolean {
  return WHOLE_WORDS[field]?.test(word) ?? false;
}

function isHeaderWord(word: string): boolean {
  return isField(word) || word.startsWith('tgw-');
}

function headed(fields: readonly string[]): TextShape | string {
  const refused = refuseFields(fields);
  if (refused !== undefined) return refused;
  const names = fields.map(columnName);
  const twice = fields.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice !== undefined) return `names the field ${quote(twice)} twice in its header`;
  return { format: 'text', fields, columns: fields, header: true, exported: false };
}

function isDefaultRecord(words: readonly string[]): boolean {
  return (
    words.length === DEFAULT_FORMAT.length &&
    words[0] === '2' &&
    isWholeWord('log-status', words.at(-1) ?? '')
  );
}

function quote(text: string): string {
  const printable = text.trim().replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 40 ? `${printable.slice(0, 40)}...` : printable}"`;
}
