import { DEFAULT_FORMAT, isField } from '../../core/flow-log/fields.ts';
import { fieldName, namedTwice } from './field-name.ts';
import { refuseFields } from './refuse-fields.ts';
import type { Shape, Unreadable } from './shape.ts';

const EXPORT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
/** Fewer known names than this and a first line is prose, not a header. */
const FEWEST_KNOWN = 3;

/** All of a shape that the first line tells. */
export type TextShape = Pick<Shape, 'format' | 'fields' | 'columns' | 'header' | 'exported'>;

/** The fields whose every value is known, so that half a word shows. */
const WHOLE_WORDS: Readonly<Record<string, RegExp>> = {
  'log-status': /^(OK|NODATA|SKIPDATA)$/,
  action: /^(ACCEPT|REJECT|-)$/,
  'flow-direction': /^(ingress|egress|-)$/,
};

/** How the logs of other services begin that AWS delivers into the same buckets: CloudTrail, Config, load balancers, S3. */
const OTHER_SERVICES = [
  /^\{\s*"Records":\s*\[/,
  /^\{\s*"(?:fileVersion|configurationItems|configSnapshotId|digestPublicKeyFingerprint|awsAccountId|webaclId)":/,
  /^(?:https?|h2|grpcs?|wss?|tls) (?:\d+\.\d+ )?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/,
  /^[0-9a-f]{64} \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:/,
];

/**
 * Tells from the first line of a text file how to read it: a header of field names in any order, the default format
 * without a header, or CloudWatch's export with its time in front; or why not, for anything else.
 */
export function textShape(firstLine: string): TextShape | Unreadable {
  const line = firstLine.replace(/^\ufeff/, '').trim();
  if (line === '') return { reason: 'is empty' };
  const words = line.split(/\s+/);
  if (words.filter(isHeaderWord).length >= FEWEST_KNOWN) return headed(words);
  const exported = EXPORT_TIME.test(words[0] ?? '');
  const record = exported ? words.slice(1) : words;
  if (isDefaultRecord(record)) {
    return { format: 'text', fields: DEFAULT_FORMAT, columns: [], header: false, exported };
  }
  const reason = `is not a flow log: it begins with ${quote(line)}`;
  return OTHER_SERVICES.some((beginning) => beginning.test(line))
    ? { reason, otherService: true }
    : { reason };
}

/** Whether the last word of a file without a final newline is surely not the first half of a longer one. */
export function isWholeWord(field: string, word: string): boolean {
  return WHOLE_WORDS[field]?.test(word) ?? false;
}

function isHeaderWord(word: string): boolean {
  const field = fieldName(word);
  return isField(field) || field.startsWith('tgw-');
}

function headed(words: readonly string[]): TextShape | Unreadable {
  const fields = words.map(fieldName);
  const twice = namedTwice(words);
  const reason =
    refuseFields(fields) ??
    (twice && `names the field ${quote(twice)} twice in its header`) ??
    refuseNames(fields);
  if (reason !== undefined) return { reason };
  return { format: 'text', fields, columns: [], header: true, exported: false };
}

/** A word without a letter or digit is no name of a column. */
function refuseNames(fields: readonly string[]): string | undefined {
  const nameless = fields.some((field) => !/[a-z0-9]/.test(field));
  return nameless ? 'has a field without a name in its header' : undefined;
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
