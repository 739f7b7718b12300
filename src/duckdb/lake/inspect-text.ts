import { DEFAULT_FORMAT, isField } from '../../core/flow-log/fields.ts';
import type { Slot } from '../../core/flow-log/slots.ts';
import { fieldName, namedTwice, refuseFields, refuseRecord } from './file-fields.ts';
import { codeOf, isDamage, type ReadText, readText, reasonFor } from './read-text.ts';
import type { Inspection, Shape, Unreadable } from './shape.ts';

/** The first line shows that a file is not read: what follows it does not matter. */
class NotRead extends Error {
  readonly inspection: Unreadable;

  constructor(inspection: Unreadable) {
    super(inspection.reason);
    this.inspection = inspection;
  }
}

/**
 * Reads a text file to its end, because DuckDB reads a truncated or damaged gzip without a word and would answer from a
 * part of it, and keeps its rejects of lines that are no records in memory. The first line gives the shape.
 */
export async function inspectText(path: string, bytes: number, signal: AbortSignal): Promise<Inspection> {
  if (bytes === 0) return { reason: 'is empty', unfinished: true };
  let shape: TextShape | undefined;
  const shapeOf = (first: string) => {
    const found = textShape(first);
    if ('reason' in found) throw new NotRead(found);
    shape = found;
    return { columns: found.exported ? ['', ...found.fields] : found.fields, header: found.header };
  };
  try {
    const read = await readText(path, bytes, { shapeOf, signal });
    return shape === undefined ? { reason: 'is empty' } : judge(read, shape, path.endsWith('.gz'));
  } catch (error) {
    if (error instanceof NotRead) return { ...error.inspection, final: true };
    signal.throwIfAborted();
    const code = codeOf(error);
    const reason = reasonFor(code);
    if (code === 'Z_BUF_ERROR') return { reason, unfinished: true };
    return isDamage(code) ? { reason, final: true } : { reason };
  }
}

function judge(read: ReadText, shape: TextShape, gzip: boolean): Inspection {
  const refused = shape.header ? refuseRecord(shape.fields, wordsOf(read.second)) : undefined;
  if (refused !== undefined) return { reason: refused, final: true };
  if (read.windows && read.unix) return { reason: 'mixes Windows and Unix line ends', final: true };
  if (read.loneReturn) return { reason: 'has a carriage return in the middle of a line', final: true };
  // A whole gzip stream was finished by its writer; a plain file may stop in the middle of a record, or of a word.
  if (!gzip && read.rest !== '' && !isWholeRecord(read.rest, shape)) {
    return { reason: 'breaks off in the middle of its last line', unfinished: true };
  }
  const { records, unreadable: unreadableLines, digest } = read;
  return { shape: { ...shape, records, unreadableLines, ends: endsOf(read), digest } };
}

function endsOf({ records, oldestEnd, newestEnd }: ReadText): Slot | undefined {
  return records === 0 ? undefined : { fromSeconds: oldestEnd, toSeconds: newestEnd + 1 };
}

function isWholeRecord(line: string, { fields, exported }: TextShape): boolean {
  const words = wordsOf(line);
  const isComplete = words.length === fields.length + (exported ? 1 : 0);
  return isComplete && isWholeWord(fields.at(-1) ?? '', words.at(-1) ?? '');
}

function wordsOf(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}

const EXPORT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
/** Fewer known names than this and a first line is prose, not a header. */
const FEWEST_KNOWN = 3;

/** The part of a shape that the first line gives. */
type TextShape = Pick<Shape, 'format' | 'fields' | 'columns' | 'header' | 'exported'>;

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
 * Finds from the first line of a text file how to read it: a header of field names in any order, the default format
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
function isWholeWord(field: string, word: string): boolean {
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
