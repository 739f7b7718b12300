import type { Answer } from '../core/answer/answer.ts';
import { ADDRESS_FIELDS } from '../core/answer/coverage/cover.ts';
import { showSlotRange, verdictOf } from '../core/answer/coverage/verdict.ts';
import { type Coverage, isNothingRead } from '../core/query/coverage.ts';
import { showMoment } from '../core/time/show-time.ts';
import type { Window } from '../core/time/window.ts';
import { plural, showInteger } from '../core/wording.ts';
import { cut, printable } from './plain-text.ts';

/** Further ones are counted, not listed. */
const MOST_LISTED = 3;
const LONGEST_NAME = 90;

/** How far an answer can be trusted, in one line: the verdict, and whether AWS lost flows. */
export function coverageLine({ coverage, question }: Answer): string {
  const { skipData, skippedAt } = coverage;
  const lost = skipData === undefined || skipData === 0 ? '' : ` AWS lost flows${atThose(skippedAt)}.`;
  return `${verdictOf(coverage, question.zone, question.window)}${lost}`;
}

/** The rest of it, a sentence each: what was read, what was lost, what could not be looked for. */
export function coverageDetails({ coverage, question }: Answer): readonly string[] {
  const { zone, window } = question;
  return [
    whatWasRead(coverage, zone, window),
    newest(coverage, zone, window),
    skipped(coverage),
    otherStatus(coverage),
    failed(coverage),
    unreadable(coverage),
    addresses(coverage),
    ...[...coverage.notes, ...question.notes].map(sentence),
  ].filter((line) => line !== false);
}

function whatWasRead(coverage: Coverage, zone: string, window: Window): string {
  const { filesRead, tablesRead = [], matched, sourceName, slotsRead } = coverage;
  if (isNothingRead(coverage)) return `No file of ${sourceName} was read.`;
  const slots = slotsRead === undefined ? '' : ` for ${showSlotRange(slotsRead, zone, window)}`;
  const parts = [
    ...(filesRead === 0 ? [] : [plural(filesRead, 'file')]),
    ...tablesRead.map((name) => `the table ${name}`),
  ];
  return `Read ${parts.join(' and ')} of ${sourceName}${slots}${matchedWords(matched)}.`;
}

function matchedWords(matched: number | undefined): string {
  if (matched === undefined) return ', newest records first';
  return `: ${plural(matched, 'matching record')}`;
}

/** While slots are not delivered yet, the newest record shows how far the logs are behind. */
function newest(coverage: Coverage, zone: string, window: Window): string | false {
  const { completeUpTo, complete, newestEnd } = coverage;
  if (complete || isNothingRead(coverage) || newestEnd === undefined) return false;
  if (completeUpTo !== undefined && newestEnd <= completeUpTo) return false;
  return `The newest record here ended ${showMoment(newestEnd, zone, window)}.`;
}

function skipped({ skipData, skippedAt }: Coverage): string | false {
  if (skipData === undefined) return 'Whether AWS lost flows is not counted here.';
  if (skipData === 0) return false;
  const records = plural(skipData, 'record says', 'records say');
  return `AWS lost flows${atThose(skippedAt)}: ${records} so, each for an unknown number of flows.`;
}

function atThose(skippedAt: readonly string[]): string {
  return skippedAt.length === 0 ? '' : ` at ${listed(skippedAt)}`;
}

function otherStatus({ otherStatus: amount }: Coverage): string | false {
  if (amount === undefined || amount === 0) return false;
  const records = plural(amount, 'record has', 'records have');
  return `${records} a status that AWS does not document, and ${amount === 1 ? 'does' : 'do'} not count.`;
}

function unreadable({ unreadableLines, filesRead }: Coverage): string | false {
  // Tables without a list of files have no lines.
  if (filesRead === 0) return false;
  if (unreadableLines === undefined) return 'Athena does not report lines that are not records.';
  if (unreadableLines === 0) return false;
  return unreadableLines === 1
    ? '1 line is not a record and does not count.'
    : `${showInteger(unreadableLines)} lines are not records and do not count.`;
}

function failed({ filesFailed }: Coverage): string | false {
  if (filesFailed.length === 0) return false;
  const files = filesFailed.map(({ key, reason }) => `${shortName(key)} ${printable(reason)}`);
  return `Not read: ${listed(files)}.`;
}

function addresses(coverage: Coverage): string | false {
  const { addressFields } = coverage;
  if (isNothingRead(coverage)) return false;
  const absent = ADDRESS_FIELDS.filter((field) => !addressFields.includes(field));
  if (absent.length === 0) return `Addresses looked for in ${addressFields.join(', ')}.`;
  return (
    `Addresses looked for in ${addressFields.join(', ')}; ${absent.join(', ')} not recorded: ` +
    'secondary addresses, pods and hosts behind NAT cannot be seen.'
  );
}

function listed(things: readonly string[]): string {
  const rest = things.length - MOST_LISTED;
  return `${things.slice(0, MOST_LISTED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function shortName(key: string): string {
  return cut(printable(key.slice(key.lastIndexOf('/') + 1)), LONGEST_NAME);
}

function sentence(note: string): string {
  const text = printable(note);
  // An id at the beginning stays as AWS writes it.
  const begun = /^[a-z]+-[0-9a-f]{8}/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${begun}${/[.!?]$/.test(text) ? '' : '.'}`;
}
