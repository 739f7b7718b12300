import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import { z } from 'zod';
import { requestId } from '../../src/slack/connection/duplicates.ts';
import { commandBody } from '../slack/sign.ts';
import type { SentLine } from './load-lines.ts';

/** What the commands of a load are signed with. */
export const LOAD_SECRET = 'chaos-signing-secret';

/** A line that was sent, and what became of it. */
export interface Sent extends SentLine {
  readonly id: string;
  readonly atMs: number;
  /** From when it was to be sent to the acknowledgement; infinite where there was none. */
  readonly ackMs: number;
  /** What the acknowledgement said to the person; empty where the line was taken. */
  readonly reply: string;
}

/** Commands at a steady rate. */
export interface SteadyLoad {
  readonly seconds: number;
  readonly perSecond: number;
  readonly nextLine: (nth: number) => SentLine;
  /** Where the app may answer each of them. */
  readonly responseUrl: string;
  readonly progress?: ((sent: number) => void) | undefined;
}

/** Signs and sends each line when it is due, and not when the one before is acknowledged. */
export async function sendSteadily(
  { seconds, perSecond, nextLine, responseUrl, progress }: SteadyLoad,
  pool: Pool,
): Promise<readonly Sent[]> {
  const acks: Promise<Sent>[] = [];
  const startMs = performance.now();
  for (let nth = 0; nth < seconds * perSecond; nth += 1) {
    const dueMs = startMs + (nth * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    acks.push(sendCommand({ line: nextLine(nth), trigger: `trigger-${nth}`, dueMs, responseUrl }, pool));
    if (nth % (perSecond * 10) === 0) progress?.(nth);
  }
  return Promise.all(acks);
}

const ACK = z.object({ text: z.string() });

/** One command that is to be sent. */
export interface DueCommand {
  readonly line: SentLine;
  /** By which Slack knows one command from another. */
  readonly trigger: string;
  /** When it is due, on the clock of `performance`. */
  readonly dueMs: number;
  readonly responseUrl: string;
}

/** Signs and sends one command; its latency counts from when it was due. */
export async function sendCommand(
  { line, trigger, dueMs: atMs, responseUrl }: DueCommand,
  pool: Pool,
): Promise<Sent> {
  const body = commandBody({
    text: line.text,
    user_id: line.person,
    channel_id: line.channel,
    trigger_id: trigger,
    response_url: responseUrl,
  });
  const seconds = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', LOAD_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': `v0=${digest}`,
  };
  const sent = { ...line, id: requestId('command', trigger), atMs };
  try {
    const answer = await pool.request({ path: '/slack/events', method: 'POST', headers, body });
    const said = await answer.body.text();
    if (answer.statusCode !== 200) return { ...sent, ackMs: Number.POSITIVE_INFINITY, reply: said };
    const reply = said === '' ? '' : ACK.parse(JSON.parse(said)).text;
    return { ...sent, ackMs: performance.now() - atMs, reply };
  } catch (error) {
    return { ...sent, ackMs: Number.POSITIVE_INFINITY, reply: String(error) };
  }
}
