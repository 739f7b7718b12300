import { fromUnixTime } from 'date-fns';
import type { Answer } from '../../core/answer/answer.ts';
import { ADDRESS_FIELDS } from '../../core/answer/coverage/cover.ts';
import type { Coverage } from '../../core/answer/coverage/coverage.ts';
import { showInteger } from '../../core/columns/show-integer.ts';
import type { Slot } from '../../core/ports/scan.ts';
import { showMoment } from '../../core/window/show-moment.ts';
import { showWindow } from '../../core/window/show-window.ts';
import { cut, printable } from './printable.ts';

/** More than these are counted, not named. */
const MOST_NAMED = 3;
const LONGEST_NAME = 90;

/** How far an answer can be trusted, a sentence each; the same for Slack and the terminal. */
export function coverageLines({ coverage, question }: Answer): readonly string[] {
  const { zone } = question;
  return [
    whatWasRead(coverage, zone),
    howComplete(coverage, question.window.to, zone),
    skipped(coverage),
    missing(coverage, zone),
    failed(coverage),
    coverage.unreadableLines !== undefined &&
      coverage.unreadableLines > 0 &&
      `${showInteger(coverage.unreadableLines)} lines were no records and do not count.`,
    addresses(coverage),
    ...[...coverage.notes, ...question.notes].map(sentence),
  ].filter((line) => line !== false);
}

function whatWasRead({ filesRead, matched, sourceName, slotsRead }: Coverage, zone: string): string {
  if (filesRead === 0) return `No file of ${sourceName} was read.`;
  const files = `${showInteger(filesRead)} ${filesRead === 1 ? 'file' : 'files'}`;
  const slots = slotsRead === undefined ? '' : ` for ${stretchOf(slotsRead, zone)}`;
  return `Read ${files} of ${sourceName}${slots}${howMany(matched)}.`;
}

function howMany(matched: number | undefined): string {
  if (matched === undefined) return ', newest records first';
  return `: ${showInteger(matched)} matching ${matched === 1 ? 'record' : 'records'}`;
}

function stretchOf({ fromSeconds, toSeconds }: Slot, zone: string): string {
  return showWindow({ from: fromUnixTime(fromSeconds), to: fromUnixTime(toSeconds) }, zone);
}

function howComplete(
  { complete, completeUpTo, newestEnd, extent, filesRead }: Coverage,
  to: Date,
  zone: string,
): string {
  if (complete) return `Complete up to the end of the window, ${showMoment(to, zone)}.`;
  if (completeUpTo !== undefined && completeUpTo >= to)
    return `Delivered up to the end of the window, ${showMoment(to, zone)}; flows that ran on may follow up to ten minutes later.`;
  if (completeUpTo !== undefined) {
    const newer = newestEnd !== undefined && newestEnd > completeUpTo;
    const seen = newer ? `, the newest here ended ${showMoment(newestEnd, zone)}` : '';
    return `Complete up to ${showMoment(completeUpTo, zone)}: newer records may still be delivered${seen}.`;
  }
  if (extent === undefined) return 'There are no flow logs here at all.';
  const what =
    filesRead === 0 ? 'There is no file for this window' : 'No part of this window is known to be complete';
  return `${what}; the logs hold ${stretchOf(extent, zone)}.`;
}

function skipped({ skipData }: Coverage): string | false {
  if (skipData === undefined) return 'Not counted: SKIPDATA, where AWS lost flows.';
  return skipData > 0 && `${showInteger(skipData)} SKIPDATA: AWS lost flows, each may stand for many.`;
}

function missing({ missingSlots, filesRead }: Coverage, zone: string): string | false {
  if (missingSlots.length === 0 || filesRead === 0) return false;
  const stretches = missingSlots.map((slot) => {
    const stretch = stretchOf(slot, zone);
    return slot.flowLog === '' ? stretch : `${stretch} of ${shortName(slot.flowLog)}`;
  });
  return `No file for ${named(stretches)}.`;
}

function failed({ filesFailed }: Coverage): string | false {
  if (filesFailed.length === 0) return false;
  const files = filesFailed.map(({ key, reason }) => `${shortName(key)} ${printable(reason)}`);
  return `Not read: ${named(files)}.`;
}

function addresses({ addressFields, filesRead }: Coverage): string | false {
  if (filesRead === 0) return false;
  const absent = ADDRESS_FIELDS.filter((field) => !addressFields.includes(field));
  if (absent.length === 0) return `Addresses looked for in ${addressFields.join(', ')}.`;
  return (
    `Addresses looked for in ${addressFields.join(', ')}; ${absent.join(', ')} not recorded: ` +
    'secondary addresses, pods and hosts behind NAT cannot be seen.'
  );
}

function named(things: readonly string[]): string {
  const rest = things.length - MOST_NAMED;
  return `${things.slice(0, MOST_NAMED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
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
