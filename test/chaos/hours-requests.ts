import { createHmac } from 'node:crypto';
import type { Random } from '../../src/playground/aws/random.ts';
import { requestId } from '../../src/slack/connection/duplicates.ts';
import { commandBody } from '../slack/sign.ts';
import { nextOther, nextQuestion, type SentLine } from './load-lines.ts';
import { type ShownButton, STRANGE_CHANNEL } from './quick-slack.ts';

/** What Slack sends of what a person did. */
export interface SlackRequest {
  readonly body: string;
  readonly isJson: boolean;
  /** Of a command that asks a question: its id in the store. */
  readonly id: string | undefined;
}

const PLANS = ['setup vpc-0f10f10f10f100001', 'status', 'costs', 'sources'] as const;

/** The next question: a command, a mention, in a new thread or in an earlier one, or a button of an answer. */
export function nextAsked(nth: number, buttons: readonly ShownButton[], random: Random): SlackRequest {
  const line = nextQuestion(nth, random);
  const dice = random.whole(1, 100);
  const pressed = buttons.length === 0 ? undefined : random.pick(buttons);
  if (dice <= 20) return mention(line, nth, pressed);
  if (dice <= 35 && pressed !== undefined && /^(?:ask|rows)/.test(pressed.actionId) && isHarmless(pressed))
    return press(pressed, line.person, nth);
  return command(dice <= 37 ? { ...line, channel: STRANGE_CHANNEL } : line, nth);
}

/** What else people type: mistakes, help, plans that are not confirmed, looks at what there is. */
export function nextRest(nth: number, random: Random): SlackRequest {
  const line = nextOther(random);
  return command(random.chance(0.2) ? { ...line, text: random.pick(PLANS) } : line, nth);
}

/** The same question by another person. */
export function askedAgain(nth: number, random: Random): SlackRequest {
  const text = `top-talkers port=1-${10_000 + Math.floor(nth / 100)} last 1h`;
  return command({ ...nextOther(random), text }, nth);
}

/** A press of the button that stops a question. */
export function stopOf(id: string, nth: number): SlackRequest {
  const button = { channel: 'C0CHANNEL00', ts: '1700000000.000001', threadTs: undefined, actionId: 'stop' };
  return press({ ...button, value: id }, 'U0PERSON01', nth);
}

/** A plan that is confirmed would change the sample network. */
function isHarmless({ value }: ShownButton): boolean {
  return !value.startsWith('confirm');
}

function command({ text, person, channel }: SentLine, nth: number): SlackRequest {
  const trigger = `trigger-${nth}`;
  const fields = { text, user_id: person, channel_id: channel, trigger_id: trigger };
  const body = commandBody({ ...fields, response_url: responseUrl(nth) });
  return { body, isJson: false, id: requestId('command', trigger) };
}

function mention({ text, person, channel }: SentLine, nth: number, near?: ShownButton): SlackRequest {
  const isFollowUp = near !== undefined && nth % 2 === 0;
  const where = isFollowUp ? { channel: near.channel, thread_ts: near.threadTs ?? near.ts } : { channel };
  const event = { type: 'app_mention', user: person, text: `<@U0BOT> ${text}`, ts: timestamp(nth), ...where };
  const body = { type: 'event_callback', team_id: 'T0ACME', event_id: `Ev${nth}`, event };
  return { body: JSON.stringify(body), isJson: true, id: undefined };
}

function press({ channel, ts, threadTs, actionId, value }: ShownButton, person: string, nth: number) {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0ACME' },
    user: { id: person, team_id: 'T0ACME' },
    channel: { id: channel },
    container: { type: 'message', message_ts: ts, channel_id: channel, thread_ts: threadTs },
    message: { ts, thread_ts: threadTs },
    response_url: responseUrl(nth),
    trigger_id: `trigger-${nth}`,
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', action_ts: timestamp(nth), value }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return { body, isJson: false, id: undefined };
}

function responseUrl(nth: number): string {
  return `http://127.0.0.1:9/response/${nth}`;
}

function timestamp(nth: number): string {
  return `18${String(nth).padStart(8, '0')}.000100`;
}

/** The headers of a request, signed now. */
export function signedHeaders(
  { body, isJson }: SlackRequest,
  secret: string,
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return {
    'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': `v0=${digest}`,
  };
}
