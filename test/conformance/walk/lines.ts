import { REGION } from '../../aws/given-aws.ts';
import { flow, type PlainRecord } from '../../support/flow.ts';
import { deliver } from './deliver.ts';
import type { Walk } from './given-walk.ts';

/** The id of a plan, as it is shown under the plan. */
export function planIn(said: string): string {
  const [id] = /\bop-[0-9a-z]{8}\b/.exec(said) ?? [];
  if (id === undefined) throw new Error(`there is no plan in: ${said}`);
  return id;
}

/** Types a line that plans something and then the one that does it, with a word behind it where one is wanted. */
export async function doPlanned(walk: Walk, line: string, word = ''): Promise<string> {
  const plan = await walk.type(line);
  return walk.type(`confirm ${planIn(plan)} ${word}`.trim());
}

/** Confirms a plan that waits for a first file, which AWS delivers once the app says that it waits. */
export async function confirmWhileAwsDelivers(
  walk: Walk,
  plan: string,
  records: readonly PlainRecord[],
  region = REGION,
): Promise<{ readonly said: string; readonly flowLogId: string }> {
  let delivered: Promise<unknown> | undefined;
  let flowLogId = '';
  const said = await walk.type(`confirm ${planIn(plan)}`, (words) => {
    const [, waitedFor] = /Waiting for the first file of (fl-[0-9a-f]{17})/.exec(words) ?? [];
    if (waitedFor === undefined || delivered !== undefined) return;
    flowLogId = waitedFor;
    delivered = deliver(walk.clients, waitedFor, records, { account: walk.account, region });
  });
  await delivered;
  if (!said.includes('✓ First file')) throw new Error(`no first file was seen: ${said}`);
  return { said, flowLogId };
}

/** Traffic to 10.0.1.5 in every five minutes of an hour: one peer is let in, one is rejected. */
export function hourOfTraffic(hour: Date): readonly PlainRecord[] {
  const begun = hour.getTime() / 1000;
  return Array.from({ length: 12 }, (_, slot) => begun + slot * 300).flatMap((start) => [
    flow(start + 90, { bytes: 1_000 }),
    flow(start + 150, { srcaddr: '198.51.100.7', srcport: 40_000, dstport: 22, action: 'REJECT', bytes: 40 }),
  ]);
}

/** The instant so many minutes later. */
export function later(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * 60_000);
}
