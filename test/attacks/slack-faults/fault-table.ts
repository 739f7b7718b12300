import { setTimeout as timer } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault } from '../../../src/playground/slack/faults.ts';
import type { PlaygroundMessage } from '../../../src/playground/slack/protocol.ts';
import { type GivenOptions, type GivenSlack, givenSlack } from '../../slack/given-slack.ts';

/** As often as Slack is asked. */
export const ALWAYS = Number.POSITIVE_INFINITY;

const after = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** A column of the table: a fault, and how many calls in a row meet it. */
export type Column = readonly [name: string, fault: Fault, times: number];

/** Faults after which Slack has not done what it was asked, and soon will. */
export const PASSING: readonly Column[] = [
  ['HTTP 429 for a second', { kind: 'rate_limited', retryAfterSeconds: 1 }, 2],
  ['HTTP 429 that does not say for how long', { kind: 'rate_limited', retryAfterSeconds: 'unsaid' }, 2],
  ['HTTP 429 until a date', { kind: 'rate_limited', retryAfterSeconds: after(30) }, 2],
  ['ratelimited with HTTP 200', { kind: 'error', error: 'ratelimited' }, 2],
  ['HTTP 503', { kind: 'http_error', status: 503 }, 2],
  ['internal_error', { kind: 'error', error: 'internal_error' }, 2],
  ['no answer', { kind: 'hang' }, 2],
  ['a page of HTML with HTTP 200', { kind: 'html' }, 2],
  ['a connection that breaks before', { kind: 'drop', when: 'before' }, 2],
];

/** Faults after which Slack has done what it was asked, and the app cannot know. */
export const LOST: readonly Column[] = [
  ['a connection that breaks after', { kind: 'drop', when: 'after' }, 1],
  ['a body that is cut off', { kind: 'cut_off' }, 1],
  ['a body that never ends', { kind: 'stall' }, 1],
];

/** Refusals of how a message looks. */
export const FORM: readonly Column[] = [
  ['invalid_blocks', { kind: 'error', error: 'invalid_blocks' }, 1],
  ['msg_too_long', { kind: 'error', error: 'msg_too_long' }, 1],
];

/** Refusals of a place. */
export const REFUSED: readonly Column[] = [
  ['not_in_channel', { kind: 'error', error: 'not_in_channel' }, ALWAYS],
  ['is_archived', { kind: 'error', error: 'is_archived' }, ALWAYS],
];

/** Pauses and time limits that a test can wait for: a fiftieth, and at least long enough for a busy machine. */
export const HURRIED = {
  sleep: (ms: number, signal: AbortSignal) => timer(ms / 50, undefined, { signal }),
  quickMs: 700,
  answerMs: 900,
  headlineMs: 100_000,
  uploadMs: 900,
};

export const INCIDENT = '#incident-42';
export const INCIDENT_ID = 'C0INCIDENT';

/** The app on a playground, in a hurry. */
export function givenHurried(options: GivenOptions = {}): Promise<GivenSlack> {
  return givenSlack({ times: HURRIED, ...options });
}

/** What people read in a channel, a word for each message of the app. */
export function shown({ playground }: GivenSlack, channel = INCIDENT): readonly string[] {
  return playground
    .messages(channel)
    .filter(({ author }) => author.kind === 'bot')
    .map(wordFor);
}

function wordFor({ text, threadTs, onlyFor, files, blocks }: PlaygroundMessage): string {
  if (files.length > 0) return 'file';
  if (text.includes('Looking for the files') || text.includes('Reading')) return 'working';
  const isTable = blocks.some(({ type }) => type === 'data_table');
  const alone = onlyFor === undefined ? '' : 'private ';
  if (!text.includes('got traffic from')) return `${alone}${text}`;
  if (onlyFor === undefined && threadTs === undefined) return 'headline';
  return `${alone}${isTable ? '' : 'plain '}answer`;
}

/** Waits until nothing is in flight, and until what the channel shows is what it has to show. */
export async function expectShown(
  given: GivenSlack,
  words: readonly unknown[],
  channel = INCIDENT,
): Promise<void> {
  await expect.poll(() => shown(given, channel), { timeout: 15_000 }).toEqual(words);
  await expect.poll(() => given.store.inFlight(), { timeout: 5_000 }).toEqual([]);
  expect(shown(given, channel)).toEqual(words);
}
