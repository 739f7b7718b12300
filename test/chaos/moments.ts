import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import type { Execution } from '../fakes/athena/execution.ts';
import type { AthenaAccount } from './account/athena-account.ts';
import type { Asked } from './asked-questions.ts';
import { isAnswered, isWhole, type Seen } from './shown.ts';

/** Where a question is when the app is killed, in their order. */
export const MOMENTS = [
  'before its first message',
  'before its start',
  'started, not looked at',
  'while polling',
  'before its rows',
  'between rows and answer',
  'in the middle of its answer',
  'in the upload',
  'while it is worked on',
] as const;

type Moment = (typeof MOMENTS)[number];

/** Where a question is; undefined where all of its answer is there. `own` are its executions, undefined without Athena. */
export function momentOf(
  question: Asked,
  seen: Seen,
  own: readonly Execution[] | undefined,
): Moment | undefined {
  if (isWhole(question, seen)) return undefined;
  if (isAnswered(seen)) return question.kind === 'rows' ? 'in the upload' : 'in the middle of its answer';
  if (own === undefined)
    return seen.working.length === 0 ? 'before its first message' : 'while it is worked on';
  const run = own.at(-1);
  if (run === undefined) return seen.working.length === 0 ? 'before its first message' : 'before its start';
  if (run.reads > 0) return 'between rows and answer';
  if (run.state === 'SUCCEEDED') return 'before its rows';
  return run.looks === 0 ? 'started, not looked at' : 'while polling';
}

/** A call after which the app is killed: of Athena as it comes, of Slack as it is carried out. */
export const AIMS = [
  { at: 'athena', method: 'StartQueryExecution' },
  { at: 'athena', method: 'BatchGetQueryExecution' },
  { at: 'athena', method: 'GetQueryResults' },
  { at: 'slack', method: 'chat.postMessage' },
  { at: 'slack', method: 'chat.update' },
  { at: 'slack', method: 'files.getUploadURLExternal' },
  { at: 'slack', method: 'files.completeUploadExternal' },
] as const;

export type Aim = (typeof AIMS)[number];

/** Whether the call comes only where a person asks for a file. */
export function isOfUpload({ method }: Aim): boolean {
  return method.startsWith('files.');
}

const LONGEST_WAIT_MS = 6_000;

/** Waits until a call has come since an instant; for some seconds at most. */
export async function called(
  { at, method }: Aim,
  since: Date,
  { playground, account }: { readonly playground: SlackPlayground; readonly account: AthenaAccount },
): Promise<void> {
  const calls: readonly { readonly method: string; readonly at: Date }[] =
    at === 'slack' ? playground.calls : account.calls;
  await until(() => calls.findLast((call) => call.method === method && call.at >= since));
}

/** Waits until something is there, for some seconds at most. */
export async function until<T>(find: () => T | undefined, everyMs = 2): Promise<T | undefined> {
  const endMs = Date.now() + LONGEST_WAIT_MS;
  let found = find();
  while (found === undefined && Date.now() < endMs) {
    await sleep(everyMs);
    found = find();
  }
  return found;
}
