import { columnName, DEFAULT_FORMAT, isField } from '../../core/flow-log/fields.ts';
import type { Shape } from './shape.ts';

type TextShape = Omit<Shape, 'modifiedMs'>;

const TRANSIT_GATEWAY_FIELD = 'tgw-id';
const EXPORT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
/** Fewer known names than this and a first line is prose, not a header. */
const FEWEST_KNOWN = 3;

/**
 * Tells from the first line of a text file how to read it: a header of field names in any order, the default
 * format without a header, or CloudWatch's export with its time in front. Returns why not for anything else.
 */
export function textShape(firstLine: string): TextShape | string {
  const words = firstLine.trim().split(/\s+/);
  if (words.includes(TRANSIT_GATEWAY_FIELD))
    return 'is a transit gateway flow log, which flowlog does not read';
  if (words.filter(isField).length >= FEWEST_KNOWN) return headed(words);
  const exported = EXPORT_TIME.test(words[0] ?? '');
  const record = exported ? words.slice(1) : words;
  if (!isDefaultRecord(record)) return `is not a flow log: it begins with ${quote(firstLine)}`;
  return { format: 'text', fields: DEFAULT_FORMAT, columns: DEFAULT_FORMAT, header: false, exported };
}

function headed(fields: readonly string[]): TextShape | string {
  const names = fields.map(columnName);
  const twice = fields.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice !== undefined) return `names the field ${quote(twice)} twice in its header`;
  return { format: 'text', fields, columns: fields, header: true, exported: false };
}

function isDefaultRecord(words: readonly string[]): boolean {
  return (
    words.length === DEFAULT_FORMAT.length &&
    words[0] === '2' &&
    /^(OK|NODATA|SKIPDATA)$/.test(words.at(-1) ?? '')
  );
}

function quote(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 40 ? `${printable.slice(0, 40)}...` : printable}"`;
}
