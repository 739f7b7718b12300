import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/core/operation/report.ts';
import { deleteExpired } from '../../../src/operations/expiry/delete-expired.ts';
import {
  type NotificationEnd,
  type NotificationResult,
  notifyEndings,
} from '../../../src/operations/expiry/notify-endings.ts';
import { asked } from '../../contract/store-samples.ts';
import { ENI, type GivenSample, givenSample, linesOf } from '../../support/given-sample.ts';

const { signal } = new AbortController();
const PLACE = '{"thread":"confirmed"}';

/** A sample whose flow log was deleted because its time was over; `known` says whether it is known who asked for it. */
async function givenEnded({ known = true, table = false } = {}) {
  const given = await givenSample();
  await given.done(`setup ${ENI} for=30m files=text`, { request: 'confirmed' });
  if (known) await given.store.begin({ ...asked('confirmed'), zone: 'UTC' });
  const id = (await given.state()).flowLogs[0]?.id ?? '';
  if (table) await given.done(`table ${id}`);
  await given.pass(31);
  const { endings, journal } = given.store;
  await deleteExpired({ cloud: given.cloud, endings, journal, now: given.now }, signal);
  return { given, id };
}

interface Heard {
  readonly place: string;
  readonly report: Report;
  readonly line: string;
}

/** Notifies of what is due, with the given result. */
async function notifying(
  { store, cloud, now }: GivenSample,
  outcome: () => Promise<NotificationResult> = async () => 'posted',
) {
  const posted: Heard[] = [];
  const ended: (readonly [string, NotificationEnd])[] = [];
  const { endings, journal } = store;
  const work = notifyEndings(
    {
      endings,
      journal,
      store,
      tables: cloud.tables,
      database: 'flowlog',
      now,
      notify(place, report, line) {
        posted.push({ place, report, line });
        return outcome();
      },
      ended: (...how) => void ended.push(how),
    },
    signal,
  );
  await work.catch(() => undefined);
  return { posted, ended };
}

describe('a flow log that was deleted because its time was over', () => {
  it('is reported once where it was confirmed: what it was, what stays, how to remove it', async () => {
    const { given, id } = await givenEnded({ table: true });
    const { posted, ended } = await notifying(given);
    expect(posted).toMatchObject([{ place: PLACE, line: `setup ${ENI} files=text for=30m` }]);
    const [report] = posted.map((each) => each.report);
    expect(report?.headline).toBe(`The time of ${id} is over: it is deleted`);
    expect(linesOf(report ?? { sections: [] })).toEqual([
      `It recorded ${ENI}, and was set up until 24 Nov 2026 10:00:20 UTC.`,
      `Its files stay in s3://flowlog-123456789012-us-east-1/${ENI}/; \`teardown ${id} files=delete\` removes them, and with \`table=drop\` its table, once that is confirmed.`,
    ]);
    expect(ended).toEqual([[id, 'posted']]);
    expect(await notifying(given)).toEqual({ posted: [], ended: [] });
    const plan = await given.say(report?.next[0]?.line ?? '');
    expect(plan.headline).toMatch(new RegExp(`^Delete the table of ${id} and \\d+ files for good$`));
  });

  it('without a table is reported with the bucket, the only place where its files are known', async () => {
    const { given } = await givenEnded();
    const { posted } = await notifying(given);
    expect(posted[0]?.report.next).toEqual([]);
    expect(linesOf(posted[0]?.report ?? { sections: [] }).at(-1)).toContain(
      'they can be deleted in the bucket.',
    );
  });

  it('is not reported where no place is known, and that is logged once', async () => {
    const { given, id } = await givenEnded({ known: false });
    expect(await notifying(given)).toEqual({ posted: [], ended: [[id, 'nowhere']] });
    expect(await notifying(given)).toEqual({ posted: [], ended: [] });
  });

  it('is reported later when it cannot be posted now', async () => {
    const { given, id } = await givenEnded();
    expect((await notifying(given, async () => 'later')).ended).toEqual([]);
    expect((await notifying(given)).ended).toEqual([[id, 'posted']]);
  });

  it('is reported by one of two processes that look at the same time', async () => {
    const { given } = await givenEnded();
    const both = await Promise.all([notifying(given), notifying(given)]);
    expect(both.flatMap(({ posted }) => posted)).toHaveLength(1);
  });

  it('is not reported again when the process was stopped in the middle, and that is logged', async () => {
    const { given, id } = await givenEnded();
    expect((await notifying(given, () => Promise.reject(new Error('killed')))).posted).toHaveLength(1);
    expect(await notifying(given)).toEqual({ posted: [], ended: [] });
    await given.pass(11);
    expect(await notifying(given)).toEqual({ posted: [], ended: [[id, 'unsure']] });
    expect(await notifying(given)).toEqual({ posted: [], ended: [] });
  });
});
